package io.thermolake.asl.internal.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names of errors that are known beforehand: those of Step Functions, and the well-known ones of Lambda. */
final class ErrorNames {
    private static final int CLOSE = 2;
    /** As the developer's guide lists them. */
    private static final Set<String> STATES = Set.of(
            "States.ALL",
            "States.BranchFailed",
            "States.DataLimitExceeded",
            "States.ExceedToleratedFailureThreshold",
            "States.HeartbeatTimeout",
            "States.Http.Socket",
            "States.IntrinsicFailure",
            "States.ItemReaderFailed",
            "States.NoChoiceMatched",
            "States.ParameterPathFailure",
            "States.Permissions",
            "States.QueryEvaluationError",
            "States.ResultPathMatchFailure",
            "States.ResultWriterFailed",
            "States.Runtime",
            "States.TaskFailed",
            "States.Timeout");

    /** Lambda's Invoke has these, and the integration adds two of its client. */
    private static final Set<String> OTHERS = Set.of(
            "Lambda.AWSLambdaException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.EC2AccessDeniedException",
            "Lambda.EC2ThrottledException",
            "Lambda.EC2UnexpectedException",
            "Lambda.EFSIOException",
            "Lambda.EFSMountConnectivityException",
            "Lambda.EFSMountFailureException",
            "Lambda.EFSMountTimeoutException",
            "Lambda.ENILimitReachedException",
            "Lambda.InvalidParameterValueException",
            "Lambda.InvalidRequestContentException",
            "Lambda.InvalidRuntimeException",
            "Lambda.InvalidSecurityGroupIDException",
            "Lambda.InvalidSubnetIDException",
            "Lambda.InvalidZipFileException",
            "Lambda.KMSAccessDeniedException",
            "Lambda.KMSDisabledException",
            "Lambda.KMSInvalidStateException",
            "Lambda.KMSNotFoundException",
            "Lambda.RecursiveInvocationException",
            "Lambda.RequestTooLargeException",
            "Lambda.ResourceConflictException",
            "Lambda.ResourceNotFoundException",
            "Lambda.ResourceNotReadyException",
            "Lambda.SdkClientException",
            "Lambda.ServiceException",
            "Lambda.SnapStartException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.SnapStartTimeoutException",
            "Lambda.SubnetIPAddressLimitReachedException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Lambda.UnsupportedMediaTypeException",
            "Runtime.ExitError",
            "Sandbox.Timedout");

    private static final List<String> OF_HTTP = List.of("States.Http.StatusCode.");

    private ErrorNames() {}

    /** What is wrong with a name in ErrorEquals, or null. */
    static @Nullable String problem(String name) {
        if (STATES.contains(name) || OTHERS.contains(name) || OF_HTTP.stream().anyMatch(name::startsWith)) {
            return null;
        }
        String meant = closest(name);
        String question = meant == null ? "" : "; did you mean '" + meant + "'?";
        // States.* is Step Functions' own; every other name somebody's task may give.
        return name.startsWith("States.") || name.startsWith("State.")
                ? "Step Functions raises no error of the name '" + name + "'" + question
                : meant == null ? null : "The error's name '" + name + "' is close to a known one" + question;
    }

    private static @Nullable String closest(String name) {
        String best = null;
        int least = CLOSE + 1;
        for (String known :
                new TreeSet<>(Stream.concat(STATES.stream(), OTHERS.stream()).toList())) {
            int distance = known.equalsIgnoreCase(name) ? 0 : distance(lower(known), lower(name));
            if (distance < least) {
                least = distance;
                best = known;
            }
        }
        return best;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** How many letters must be put in, left out or changed to make one of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
