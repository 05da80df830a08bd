package io.thermolake.local.door;

/** Errors in the two XML forms of AWS. */
public final class XmlErrors {
    private XmlErrors() {}

    /** As S3 has them. */
    public static String s3(String code, String message) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>" + inner(code, message) + "</Error>";
    }

    /** As services of the query protocol have them, such as SNS and STS. */
    public static String query(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type>" + inner(code, message) + "</Error></ErrorResponse>";
    }

    private static String inner(String code, String message) {
        return "<Code>" + code + "</Code><Message>"
                + message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</Message>";
    }
}
