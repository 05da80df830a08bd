package io.thermolake.facts;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.google.gson.annotations.SerializedName;
import io.thermolake.Flat;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What reflection tells of the classes: records with their components, enums, exceptions and handlers. */
final class TypeFacts {
    private TypeFacts() {}

    static Map<String, Object> records(List<Class<?>> classes) {
        Map<String, Object> facts = new TreeMap<>();
        classes.stream().filter(Class::isRecord).forEach(type -> facts.put(type.getName(), components(type)));
        return facts;
    }

    private static List<Map<String, Object>> components(Class<?> type) {
        List<Map<String, Object>> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Flat.class)) {
                components.addAll(components(component.getType()));
                continue;
            }
            Map<String, Object> fact = new LinkedHashMap<>();
            String name = jsonName(type, component);
            fact.put("name", name);
            if (!name.equals(component.getName())) {
                fact.put("field", component.getName());
            }
            fact.put("type", TypeShape.of(component.getGenericType()));
            fact.put("nullable", component.getAnnotatedType().isAnnotationPresent(Nullable.class));
            fact.put("primitive", component.getType().isPrimitive());
            components.add(fact);
        }
        return components;
    }

    private static String jsonName(Class<?> type, RecordComponent component) {
        try {
            SerializedName name = type.getDeclaredField(component.getName()).getAnnotation(SerializedName.class);
            return name == null ? component.getName() : name.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(type + " has a component without a field", e);
        }
    }

    static Map<String, Object> enums(List<Class<?>> classes) {
        Map<String, Object> facts = new TreeMap<>();
        classes.stream()
                .filter(Class::isEnum)
                .forEach(type -> facts.put(
                        type.getName(),
                        Arrays.stream(type.getFields())
                                .filter(Field::isEnumConstant)
                                .map(TypeFacts::word)
                                .toList()));
        return facts;
    }

    /** A constant as JSON has it. */
    private static String word(Field constant) {
        SerializedName name = constant.getAnnotation(SerializedName.class);
        return name == null ? constant.getName() : name.value();
    }

    /** Exceptions that a machine may name, by class; the simple name is what a machine's output holds. */
    static List<String> exceptions(List<Class<?>> classes) {
        return classes.stream()
                .filter(Exception.class::isAssignableFrom)
                .map(Class::getName)
                .sorted()
                .toList();
    }

    static Map<String, Map<String, Object>> handlers(List<Class<?>> classes) {
        Map<String, Map<String, Object>> facts = new TreeMap<>();
        classes.stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .forEach(type -> handler(type).ifPresent(fact -> facts.put(type.getName(), fact)));
        return facts;
    }

    private static Optional<Map<String, Object>> handler(Class<?> type) {
        return Stream.of(type.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(implemented -> implemented.getRawType() == RequestHandler.class)
                .findFirst()
                .map(implemented -> {
                    Type[] arguments = implemented.getActualTypeArguments();
                    return Map.of(
                            "request",
                            TypeShape.of(arguments[0]),
                            "answer",
                            TypeShape.of(arguments[1]),
                            "startable",
                            startable(type));
                });
    }

    /** Whether Lambda can make it: a public class with a public constructor without arguments. */
    private static boolean startable(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
    }
}
