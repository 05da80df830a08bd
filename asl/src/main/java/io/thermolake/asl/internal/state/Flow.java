package io.thermolake.asl.internal.state;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.PathException;
import io.thermolake.asl.internal.path.ResultPath;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of the data through a state, in either query language: what its work gets, and what its output and its
 * variables become.
 */
public sealed interface Flow {
    /** What a state leaves behind. */
    record Outcome(@Nullable Object output, @Nullable Map<String, @Nullable Object> assigned) {}

    /** What the state works on before Parameters or Arguments: InputPath's choice, or the whole input. */
    @Nullable
    Object effective(Frame frame);

    /** What the work gets; the frame's {@code $} is the effective input. */
    @Nullable
    Object arguments(Frame frame);

    /** After work with a result: Task, Pass, Parallel, Map. */
    Outcome worked(Frame frame, @Nullable Object result);

    /** After a state without a result: Wait, Succeed and, with a rule's own fields, Choice. */
    Outcome passed(Frame frame, @Nullable Value assign, @Nullable Value output);

    /** After an error that a catcher took. */
    Outcome caught(Frame frame, Map<String, @Nullable Object> errorOutput, State.Catcher catcher);

    /** The state's own Assign; null where it has none. */
    @Nullable
    Value assign();

    /** JSONata's Output of the state; null where it has none. */
    @Nullable
    Value output();

    private static @Nullable Map<String, @Nullable Object> assigned(@Nullable Value assign, Frame frame) {
        if (assign == null) {
            return null;
        }
        return Json.object(assign instanceof Template template ? template.get(frame, "object") : assign.get(frame));
    }

    /**
     * JSONPath's: InputPath, Parameters, the work, ResultSelector, ResultPath, OutputPath. Assign sees the selected result,
     * and nothing of the same state sees what it assigns.
     */
    record Path(
            @Nullable Value inputPath,
            @Nullable Value parameters,
            @Nullable Value resultSelector,
            ResultPath resultPath,
            @Nullable Value assign,
            @Nullable Value outputPath)
            implements Flow {
        @Override
        public @Nullable Object effective(Frame frame) {
            Object effective = inputPath == null ? frame.input() : inputPath.get(frame.at(frame.input()));
            return frame.noted("afterInputPath", effective);
        }

        @Override
        public @Nullable Object arguments(Frame frame) {
            Object arguments = parameters == null ? frame.document() : parameters.get(frame);
            return frame.noted("afterParameters", arguments);
        }

        @Override
        public Outcome worked(Frame frame, @Nullable Object result) {
            Object selected = frame.noted(
                    "afterResultSelector", resultSelector == null ? result : resultSelector.get(frame.at(result)));
            Map<String, @Nullable Object> assigned = assigned(assign, frame.at(selected));
            Object placed = frame.noted("afterResultPath", place(resultPath, frame.input(), selected));
            return new Outcome(out(frame, placed), assigned);
        }

        @Override
        public Outcome passed(Frame frame, @Nullable Value assignOfRule, @Nullable Value output) {
            return new Outcome(out(frame, frame.document()), assigned(assignOfRule, frame));
        }

        @Override
        public Outcome caught(Frame frame, Map<String, @Nullable Object> errorOutput, State.Catcher catcher) {
            Map<String, @Nullable Object> assigned = assigned(catcher.assign(), frame.at(errorOutput));
            return new Outcome(place(catcher.resultPath(), frame.input(), errorOutput), assigned);
        }

        @Override
        public @Nullable Value output() {
            return null;
        }

        private @Nullable Object out(Frame frame, @Nullable Object value) {
            return outputPath == null ? value : outputPath.get(frame.at(value));
        }

        private static @Nullable Object place(ResultPath path, @Nullable Object input, @Nullable Object result) {
            try {
                return path.put(input, result);
            } catch (PathException e) {
                throw StatesError.path(e, e.getMessage());
            }
        }
    }

    /** JSONata's: Arguments, the work, then Assign and Output side by side. */
    record Jsonata(
            @Nullable Value arguments,
            @Nullable Value assign,
            @Nullable Value output) implements Flow {
        @Override
        public @Nullable Object effective(Frame frame) {
            return frame.input();
        }

        @Override
        public @Nullable Object arguments(Frame frame) {
            return arguments == null ? frame.input() : frame.noted("afterArguments", arguments.get(frame));
        }

        @Override
        public Outcome worked(Frame frame, @Nullable Object result) {
            return outcome(frame, result, assign, output);
        }

        @Override
        public Outcome passed(Frame frame, @Nullable Value assignOfRule, @Nullable Value outputOfRule) {
            return outcome(frame, frame.input(), assignOfRule, outputOfRule);
        }

        @Override
        public Outcome caught(Frame frame, Map<String, @Nullable Object> errorOutput, State.Catcher catcher) {
            return outcome(frame.with("errorOutput", errorOutput), errorOutput, catcher.assign(), catcher.output());
        }

        private static Outcome outcome(
                Frame frame, @Nullable Object otherwise, @Nullable Value assign, @Nullable Value output) {
            Map<String, @Nullable Object> assigned = assigned(assign, frame);
            return new Outcome(output == null ? otherwise : output.get(frame), assigned);
        }
    }
}
