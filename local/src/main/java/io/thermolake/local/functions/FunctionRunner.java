package io.thermolake.local.functions;

import com.google.gson.JsonElement;
import io.thermolake.local.stack.StackResource;
import java.util.concurrent.CompletableFuture;

/** Where functions run: in this machine's hosts, or in containers of sam local. */
interface FunctionRunner {
    /** Runs a function once; the future never fails. */
    CompletableFuture<Invocation> invoke(StackResource function, JsonElement event);
}
