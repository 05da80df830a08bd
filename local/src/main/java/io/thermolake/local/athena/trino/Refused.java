package io.thermolake.local.athena.trino;

import io.trino.sql.tree.Node;

/** Athena would refuse the statement, or the laptop cannot answer it rightly: the text is what Athena shows. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }

    /** What Trino itself would say, with its code and the place. */
    static Refused at(Node node, String code, String message) {
        return new Refused(code + ": " + place(node) + message);
    }

    static Refused types(Node node, String message) {
        return at(node, "TYPE_MISMATCH", message);
    }

    /** Something that Athena may well know, and the laptop does not. */
    static Refused unknown(Node node, String what) {
        return at(node, "NOT_SUPPORTED", "The laptop's Athena does not know " + what + "; on AWS it may exist");
    }

    private static String place(Node node) {
        return node.getLocation()
                .map(l -> "line " + l.getLineNumber() + ":" + l.getColumnNumber() + ": ")
                .orElse("");
    }
}
