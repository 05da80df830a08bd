package io.thermolake.local.states;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** The API's refusals, in AWS's words as far as they are known. */
final class SfnErrors {
    /** "Name" in the Step Functions API reference. */
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private SfnErrors() {}

    static String name(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw InvalidNameException.builder()
                    .message("Invalid Name: '" + name + "'")
                    .build();
        }
        return name;
    }

    static AwsServiceException invalidArn(String what) {
        return InvalidArnException.builder()
                .message("Invalid Arn: '" + what + "'")
                .build();
    }

    static AwsServiceException noMachine(String arn) {
        return StateMachineDoesNotExistException.builder()
                .message("State Machine Does Not Exist: '" + arn + "'")
                .build();
    }

    static AwsServiceException noExecution(String arn) {
        return ExecutionDoesNotExistException.builder()
                .message("Execution Does Not Exist: '" + arn + "'")
                .build();
    }

    static AwsServiceException noActivity(String arn) {
        return ActivityDoesNotExistException.builder()
                .message("Activity Does Not Exist: '" + arn + "'")
                .build();
    }

    static AwsServiceException notFound(String arn) {
        return ResourceNotFoundException.builder()
                .message("Resource not found: '" + arn + "'")
                .resourceName(arn)
                .build();
    }

    static AwsServiceException wrongType() {
        return StateMachineTypeNotSupportedException.builder()
                .message("This operation is not supported by this type of state machine")
                .build();
    }

    static AwsServiceException invalidToken() {
        return InvalidTokenException.builder()
                .message("Invalid Token: 'Invalid token'")
                .build();
    }

    static AwsServiceException invalidInput(String why) {
        return InvalidExecutionInputException.builder()
                .message("Invalid State Machine Execution Input: '" + why + "'")
                .build();
    }

    /** @param message with its prefix, as the engine says it */
    static AwsServiceException invalidDefinition(String message) {
        return InvalidDefinitionException.builder().message(message).build();
    }

    static AwsServiceException conflict(String message) {
        return ConflictException.builder().message(message).build();
    }

    static AwsServiceException invalid(String message) {
        return ValidationException.builder().message(message).build();
    }

    /** @param reason AWS's ValidationExceptionReason */
    static AwsServiceException invalid(String reason, String message) {
        return ValidationException.builder().reason(reason).message(message).build();
    }

    /** What the API's own validation says of a parameter that is out of bounds. */
    static AwsServiceException constraint(String member, @Nullable Object value, String constraint) {
        return invalid("1 validation error detected: Value '" + value + "' at '" + member
                + "' failed to satisfy constraint: Member must " + constraint);
    }
}
