package io.thermolake.local.athena.trino;

/** What Athena shows of a query that failed. */
public final class ShownFailure {
    private static final String OURS = "FunctionException: ";
    private static final String ZERO = "Division by zero";

    static final String TOO_DEEP =
            "The laptop's Athena does not know a statement that is nested so deeply; on AWS it may run";

    private ShownFailure() {}

    /** One line, in Trino's words where DuckDB has its own. */
    public static String text(Exception exception) {
        String line = String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
        int ours = line.indexOf(OURS);
        if (ours >= 0) {
            return line.substring(ours + OURS.length());
        }
        if (exception instanceof Refused) {
            return line;
        }
        if (line.contains(ZERO)) {
            return "DIVISION_BY_ZERO: " + ZERO;
        }
        if (line.contains("must appear in the GROUP BY clause")) {
            return "EXPRESSION_NOT_AGGREGATE: a selected or sorted expression must be an aggregate expression or appear in"
                    + " GROUP BY clause";
        }
        if (line.startsWith("Out of Memory Error:")) {
            return line + ". Ask for less, or raise thermolake.query.memory or thermolake.query.disk (megabytes)";
        }
        if (line.contains("Max expression depth limit")) {
            return TOO_DEEP;
        }
        return line.startsWith("Out of Range Error:") ? "NUMERIC_VALUE_OUT_OF_RANGE: " + line : line;
    }
}
