package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task's branch, as one attempt of the task sees it.
 *
 * @param mine the branch's turn that the attempt belongs to: in another one nobody listens to it
 */
record TaskOfBranch(Branch branch, int mine) implements TaskRun.Owner {
    @Override
    public Frame frame(@Nullable String token) {
        return branch.frame(token == null ? Map.of() : details("Task", details("Token", token)));
    }

    @Override
    public void event(String type, String detailsKey, Map<String, @Nullable Object> details) {
        branch.event(type, detailsKey, details);
    }

    @Override
    public void step(Runnable action) {
        branch.step(mine, action);
    }

    @Override
    public void complete(@Nullable Object result) {
        branch.complete(result);
    }

    @Override
    public void error(StatesError error) {
        branch.error(error);
    }
}
