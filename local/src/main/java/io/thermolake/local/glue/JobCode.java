package io.thermolake.local.glue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

/** Which code a job run runs: what the template's job names, whatever the caller says. Pure. */
final class JobCode {
    /** Arguments that say which code runs, how, or with whose login. */
    private static final Set<String> CODE = Set.of(
            "--job_class",
            "--class",
            "--job-language",
            "--scriptlocation",
            "--extra-jars",
            "--extra-py-files",
            "--extra-files",
            "--user-jars-first",
            "--additional-python-modules",
            "--python-modules-installer-option",
            "--conf",
            "--connection_name",
            "--connections");

    private JobCode() {}

    /**
     * A run's arguments: the caller's over the job's own.
     *
     * @throws InvalidInputException when the caller's would change the code; on AWS who may start the job may do so
     */
    static Map<String, String> arguments(String job, Map<String, String> own, Map<String, String> asked) {
        Map<String, String> arguments = new LinkedHashMap<>(own);
        asked.forEach((name, value) -> {
            String plain = name.strip().toLowerCase(java.util.Locale.ROOT);
            // Glue and the worker read "--name=value", too.
            String key = plain.contains("=") ? plain.substring(0, plain.indexOf('=')) : plain;
            if (CODE.contains(key) && !Objects.equals(own.get(name), value)) {
                throw InvalidInputException.builder()
                        .message(
                                "The job " + job + " runs on the laptop what its DefaultArguments in the template name;"
                                        + " StartJobRun's argument " + name + " would have it run something else."
                                        + " Leave it out, or change the template")
                        .build();
            }
            arguments.put(name, value);
        });
        return arguments;
    }
}
