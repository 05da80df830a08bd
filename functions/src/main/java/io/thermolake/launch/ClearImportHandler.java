package io.thermolake.launch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Run;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Empties the visual job's target: Glue Studio appends, and the history is imported whole. */
public final class ClearImportHandler implements RequestHandler<ClearImportHandler.Request, ClearImportHandler.Answer> {
    public record Request(Run run) {}

    /** @param deleted objects */
    public record Answer(int deleted) {}

    private final LakeStore store;

    /** Called by Lambda, once for each execution environment. */
    public ClearImportHandler() {
        this(Settings.from(System.getenv()), Clients.s3());
    }

    ClearImportHandler(Settings settings, S3Client s3) {
        this.store = new LakeStore(s3, settings.bucket());
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        List<String> keys = store.list(LakeLayout.IMPORTED_HISTORY)
                .map(LakeStore.Listed::key)
                .toList();
        keys.forEach(store::delete);
        context.getLogger()
                .log("import.cleared run=%s objects=%d".formatted(request.run().id(), keys.size()));
        return new Answer(keys.size());
    }
}
