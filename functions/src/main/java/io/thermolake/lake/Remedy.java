package io.thermolake.lake;

/** What to do about a small object of the lake that is broken. Pure. */
public final class Remedy {
    private Remedy() {}

    /** @param key of the object; @return a sentence for who has to mend it */
    public static String of(String key) {
        if (key.equals(LakeLayout.LOCK)) {
            return "Delete it while no run is on: the next run takes the lock anew";
        }
        if (key.equals(LakeLayout.PENDING_START)) {
            return "Delete it and start a run: it said that one is due";
        }
        if (LakeLayout.isCurrentModel(key)) {
            return "Restore it from a copy, or delete it: the room is trained anew by the next run";
        }
        if (key.startsWith(LakeLayout.SCORE_INDEXES)) {
            return "Restore it from a copy, or delete it: the room is scored anew by the next run";
        }
        if (key.startsWith(LakeLayout.MANIFESTS)) {
            return "Restore it from a copy and delete nothing: it says what of the lake is committed";
        }
        return "Restore it from a copy";
    }
}
