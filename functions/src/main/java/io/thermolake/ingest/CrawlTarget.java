package io.thermolake.ingest;

import com.google.gson.annotations.SerializedName;
import io.thermolake.Settings;

/** What is crawled, by the word that a machine uses for it. */
public enum CrawlTarget {
    @SerializedName("history")
    HISTORY,
    @SerializedName("external_db")
    EXTERNAL_DB,
    @SerializedName("raw")
    RAW;

    /** The name of the crawler; that of a database that the stack does not have is empty. */
    String crawler(Settings settings) {
        return switch (this) {
            case HISTORY -> settings.crawlers().history();
            case EXTERNAL_DB -> settings.crawlers().database();
            case RAW -> settings.crawlers().raw();
        };
    }
}
