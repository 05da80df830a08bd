package io.thermolake.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a Start function started and its Check function asks about. It is recorded under the run before it is returned,
 * so that the janitor can stop it whatever happens to the run.
 *
 * @param kind what sort of thing runs
 * @param name the thing's name: the crawler, the job, the training job, the endpoint, the named query
 * @param id the service's own id of this start (a job run's id, a query execution's id); the name where there is none
 * @param startedAt when it was started, by the wall clock
 * @param deadline when Check stops it and fails, by the wall clock
 */
public record Handle(Kind kind, String name, String id, Instant startedAt, Instant deadline) {

    /** The sorts of things that a run starts and the janitor can stop. */
    public enum Kind {
        CRAWL,
        JOB_RUN,
        TRAINING_JOB,
        ENDPOINT,
        QUERY
    }

    public Handle {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(id, "id is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(deadline, "deadline is null");
    }
}
