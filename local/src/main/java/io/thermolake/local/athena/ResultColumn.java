package io.thermolake.local.athena;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.athena.model.ColumnInfo;

/** A result's column as the metadata tells it. */
final class ResultColumn {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    private ResultColumn() {}

    /** @param type a decimal's with its digits */
    static ColumnInfo info(String name, String type) {
        ColumnInfo.Builder info = ColumnInfo.builder().name(name).label(name);
        Matcher decimal = DECIMAL.matcher(type);
        return decimal.matches()
                ? info.type("decimal")
                        .precision(Integer.valueOf(decimal.group(1)))
                        .scale(Integer.valueOf(decimal.group(2)))
                        .build()
                : info.type(type).build();
    }
}
