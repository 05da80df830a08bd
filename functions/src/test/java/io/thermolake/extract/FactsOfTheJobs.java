package io.thermolake.extract;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the package keeps to itself, for {@code facts.json}: the jobs' arguments and the columns that they write. */
public final class FactsOfTheJobs {
    private FactsOfTheJobs() {}

    /** Each class with a list of arguments, and the arguments by name. */
    public static Map<String, Map<String, Object>> of(List<Class<?>> classes) throws IllegalAccessException {
        Map<String, Map<String, Object>> facts = new TreeMap<>();
        for (Class<?> type : classes) {
            if (type.getPackageName().equals("io.thermolake.extract")
                    && type.getSimpleName().endsWith("Job")) {
                facts.put(type.getName(), Map.of("arguments", arguments(type)));
            }
        }
        return facts;
    }

    private static Map<String, Object> arguments(Class<?> job) throws IllegalAccessException {
        Map<String, Object> arguments = new TreeMap<>();
        try {
            for (Object one : (List<?>) job.getDeclaredField("ARGUMENTS").get(null)) {
                JobArgument<?> argument = (JobArgument<?>) one;
                Map<String, Object> fact = new LinkedHashMap<>();
                fact.put("kind", argument.kind());
                fact.put("needed", argument.otherwise() == null);
                arguments.put(argument.name(), fact);
            }
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(job + " is a job without a list of its ARGUMENTS", e);
        }
        return arguments;
    }

    /** Spark's types of columns, by class and column, such as {@code temperature: double}. */
    public static Map<String, Object> schemas(List<Class<?>> classes) throws IllegalAccessException {
        Map<String, Object> facts = new TreeMap<>();
        for (Class<?> type : classes) {
            for (Field field :
                    type.getPackageName().equals("io.thermolake.extract") ? type.getDeclaredFields() : new Field[0]) {
                if (field.getType() == StructType.class && Modifier.isStatic(field.getModifiers())) {
                    StructType schema = (StructType) field.get(null);
                    Map<String, String> columns = new TreeMap<>();
                    for (StructField column : schema.fields()) {
                        columns.put(column.name(), column.dataType().typeName());
                    }
                    facts.put(type.getName(), columns);
                }
            }
        }
        return facts;
    }
}
