package io.thermolake.model;

import io.thermolake.PipelineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A quota of the account leaves no room for what was to be started. No retry of this run helps: somebody has to ask for
 * more. The machines go on without it, so the message is short and the same for every room.
 */
public final class QuotaExceededException extends PipelineException {
    private static final long serialVersionUID = 1L;

    /** "The account-level service limit 'ml.m5.large for training job usage' is 0 Instances, with …". */
    private static final Pattern NAME = Pattern.compile("limit '([^']{1,100})'");

    /**
     * @param usual the quota's name where the refusal does not tell it
     * @param refusal the service's
     */
    public QuotaExceededException(String usual, Throwable refusal) {
        super(
                "The quota '%s' of this account and region is used up; request a higher value in Service Quotas, Amazon SageMaker"
                        .formatted(name(refusal.getMessage(), usual)),
                refusal);
    }

    private static String name(@Nullable String message, String usual) {
        Matcher name = NAME.matcher(message == null ? "" : message);
        return name.find() ? name.group(1) : usual;
    }
}
