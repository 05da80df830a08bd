package io.thermolake.asl;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a user of some classes may write: each type, constructor, method and field that is public or protected, as lines. */
final class PublicApi {
    private PublicApi() {}

    /** The classes of the packages that are not internal, nested ones too, as far as users see them. */
    static List<Class<?>> types() {
        try {
            Path root = Path.of(Json.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root.resolve("io"))) {
                return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .filter(name -> !name.contains(".internal."))
                        .<Class<?>>map(PublicApi::load)
                        .filter(PublicApi::isSeen)
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Json.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSeen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isSeen(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (outer == null || isSeen(outer));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** A line for each type and each member, sorted, with the whole names of all that they mention. */
    static List<String> lines(List<Class<?>> types) {
        return types.stream()
                .flatMap(type -> Stream.concat(Stream.of(head(type)), members(type)))
                .sorted()
                .distinct()
                .toList();
    }

    private static String head(Class<?> type) {
        List<String> words = new ArrayList<>(List.of(type.getName(), ":"));
        words.addAll(words(type.getModifiers() & ~(Modifier.INTERFACE | (type.isInterface() ? Modifier.ABSTRACT : 0))));
        if (type.isSealed()) {
            words.add("sealed");
        }
        words.add(
                type.isAnnotation()
                        ? "@interface"
                        : type.isInterface()
                                ? "interface"
                                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
        words.add(variables(type.getTypeParameters()));
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            words.add("extends " + name(type.getGenericSuperclass()));
        }
        String interfaces = names(type.getGenericInterfaces());
        if (!interfaces.isEmpty()) {
            words.add("implements " + interfaces);
        }
        return joined(words);
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(PublicApi::isSeen)
                .map(field -> field(type, field));
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(PublicApi::isSeen)
                .map(each -> executable(type, each, "<init>", ""));
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(PublicApi::isSeen)
                .filter(each -> !each.isBridge())
                .map(each -> method(type, each));
        return Stream.of(fields, constructors, methods).flatMap(lines -> lines);
    }

    private static boolean isSeen(Member member) {
        return isSeen(member.getModifiers()) && !member.isSynthetic();
    }

    private static String field(Class<?> owner, Field field) {
        return line(owner, field.getName(), joined(words(field.getModifiers()), name(field.getGenericType())));
    }

    private static String method(Class<?> owner, Method method) {
        String more = Optional.ofNullable(method.getDefaultValue())
                .map(value -> " default " + (value instanceof Object[] many ? Arrays.toString(many) : value))
                .orElse(method.isDefault() ? " default" : "");
        return executable(owner, method, method.getName(), ": " + name(method.getGenericReturnType()) + more);
    }

    private static String executable(Class<?> owner, Executable each, String name, String end) {
        String parameters = Arrays.stream(each.getParameters())
                .map(Parameter::getParameterizedType)
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String thrown = names(each.getGenericExceptionTypes());
        int modifiers = each.getModifiers()
                & (each instanceof Constructor<?> ? Modifier.constructorModifiers() : Modifier.methodModifiers())
                & ~Modifier.SYNCHRONIZED;
        return line(
                owner,
                name + parameters,
                joined(
                        words(modifiers),
                        variables(each.getTypeParameters()),
                        end,
                        thrown.isEmpty() ? "" : "throws " + thrown));
    }

    private static String line(Class<?> owner, String member, String rest) {
        return owner.getName() + "." + member + " " + rest;
    }

    private static List<String> words(int modifiers) {
        return List.of(Modifier.toString(modifiers).split(" "));
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(each -> each.getName() + " extends " + names(each.getBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(PublicApi::name).collect(Collectors.joining(", "));
    }

    /** As its whole name; of a nested type of a generic one as Java prints it. */
    private static String name(Type type) {
        return type instanceof ParameterizedType ? type.toString() : type.getTypeName();
    }

    private static String joined(List<String> words, String... more) {
        return Stream.concat(words.stream(), Arrays.stream(more))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
