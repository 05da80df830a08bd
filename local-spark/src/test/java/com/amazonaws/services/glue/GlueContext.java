package com.amazonaws.services.glue;

import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * Stands for Glue's own class, of which Maven Central has no artifact. Its name and constructor are those that AWS's Python
 * library for Glue 5.1 calls (PyPI, awsgluedataplanepython 5.1.0, {@code context.py}: {@code _get_glue_scala_context}).
 */
public final class GlueContext {
    public static Map<String, Map<String, String>> connections = Map.of();

    public GlueContext(SparkContext spark) {
        if (spark == null) {
            throw new IllegalArgumentException("no Spark");
        }
    }

    /**
     * The parameters are those of {@code extract_jdbc_conf} in the same file. What it returns goes to the caller as it is,
     * and callers index it: py4j allows that for a {@code java.util.Map}. The keys are in "GlueContext class" of Glue's guide.
     */
    public Map<String, String> extractJDBCConf(String connectionName, String catalogId) {
        return connections.get(connectionName);
    }
}
