package io.thermolake.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The version of a room's model that is in use, with those before it: {@code models/<room>/current.json}. One object, so that
 * what is in use and how it came to that cannot differ.
 *
 * @param artifact the key of its forest
 * @param promotedBy the run that put it in use, or {@value #HAND}
 * @param promotedAt the run's idea of the present then; null in a file of an older release
 * @param reason why, in words
 * @param before what was in use before, the last one first
 */
public record CurrentModel(
        String version,
        String artifact,
        String promotedBy,
        @Nullable Instant promotedAt,
        @Nullable String reason,
        List<Use> before) {
    /** Instead of a run, where a person decided. */
    public static final String HAND = "hand";

    private static final int MOST_BEFORE = 50;

    /** A version that was in use. */
    public record Use(
            String version,
            String promotedBy,
            @Nullable Instant promotedAt,
            @Nullable String reason) {}

    public CurrentModel {
        requireNonNull(version, "current.version is null");
        requireNonNull(artifact, "current.artifact is null");
        requireNonNull(promotedBy, "current.promotedBy is null");
        before = before == null ? List.of() : List.copyOf(before);
    }

    /** The first that was ever in use. */
    public CurrentModel(String version, String artifact, String promotedBy) {
        this(version, artifact, promotedBy, null, null, List.of());
    }

    static CurrentModel of(ModelCard card, String by, Instant at, String reason, @Nullable CurrentModel before) {
        List<Use> uses = new ArrayList<>();
        if (before != null) {
            uses.addAll(before.uses());
        }
        return new CurrentModel(
                card.version(), card.artifact(), by, at, reason, uses.subList(0, Math.min(MOST_BEFORE, uses.size())));
    }

    /** This and what was in use before it, the newest first. */
    public List<Use> uses() {
        List<Use> uses = new ArrayList<>(List.of(new Use(version, promotedBy, promotedAt, reason)));
        uses.addAll(before);
        return uses;
    }

    /** What a rollback goes back to. */
    public Optional<String> previous() {
        return before.stream().map(Use::version).filter(v -> !v.equals(version)).findFirst();
    }

    /** When a person put it in use; null where a run did. */
    public @Nullable Instant byHandSince() {
        return byHand() ? promotedAt : null;
    }

    public boolean byHand() {
        return promotedBy.equals(HAND);
    }

    public boolean wasInUse(String other) {
        return before.stream().anyMatch(use -> use.version().equals(other));
    }
}
