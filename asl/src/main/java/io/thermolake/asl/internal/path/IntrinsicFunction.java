package io.thermolake.asl.internal.path;

import static io.thermolake.asl.internal.path.PathException.Kind.INTRINSIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.base.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The 18 intrinsic functions, "Intrinsics for JSONPath states" in AWS's developer guide. A literal keeps its backslashes
 * until here.
 */
enum IntrinsicFunction {
    FORMAT("Format", 1, Integer.MAX_VALUE) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return IntrinsicText.format(string(given, 0), given.subList(1, given.size()));
        }
    },
    STRING_TO_JSON("StringToJson", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            String text = IntrinsicText.unescaped(string(given, 0));
            if (text.isBlank()) {
                return null;
            }
            try {
                return Json.parse(text);
            } catch (IllegalArgumentException e) {
                throw refused("The argument of States.StringToJson is not valid JSON: " + text);
            }
        }
    },
    JSON_TO_STRING("JsonToString", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return Json.text(IntrinsicText.plain(given.get(0)));
        }
    },
    ARRAY("Array", 0, Integer.MAX_VALUE) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return given.stream().map(IntrinsicText::plain).collect(Collectors.toCollection(ArrayList::new));
        }
    },
    ARRAY_PARTITION("ArrayPartition", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            List<?> list = list(given, 0);
            long size = whole(given, 1);
            if (size < 1) {
                throw refused("The chunk size of States.ArrayPartition must be a positive integer but was " + size);
            }
            List<Object> chunks = new ArrayList<>();
            for (int i = 0; i < list.size(); i += (int) Math.min(size, list.size())) {
                chunks.add(new ArrayList<>(list.subList(i, (int) Math.min(list.size(), i + size))));
            }
            return chunks;
        }
    },
    ARRAY_CONTAINS("ArrayContains", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            Object wanted = IntrinsicText.plain(given.get(1));
            return list(given, 0).stream().anyMatch(each -> Json.same(each, wanted));
        }
    },
    ARRAY_RANGE("ArrayRange", 3, 3) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            long first = whole(given, 0);
            long last = whole(given, 1);
            long step = whole(given, 2);
            if (step == 0) {
                throw refused("The step of States.ArrayRange must not be zero");
            }
            if (last != first && last > first != step > 0) {
                return new ArrayList<>();
            }
            long count = (last - first) / step + 1;
            if (count > LARGEST_RANGE) {
                throw refused("States.ArrayRange cannot make more than " + LARGEST_RANGE + " elements");
            }
            List<Object> range = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                range.add(first + i * step);
            }
            return range;
        }
    },
    ARRAY_GET_ITEM("ArrayGetItem", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            List<?> list = list(given, 0);
            long index = whole(given, 1);
            if (index < 0 || index >= list.size()) {
                throw refused(
                        "The index " + index + " of States.ArrayGetItem is outside of the array of " + list.size());
            }
            return list.get((int) index);
        }
    },
    ARRAY_LENGTH("ArrayLength", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return (long) list(given, 0).size();
        }
    },
    ARRAY_UNIQUE("ArrayUnique", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            List<@Nullable Object> unique = new ArrayList<>();
            for (Object each : list(given, 0)) {
                if (unique.stream().noneMatch(seen -> Json.same(seen, each))) {
                    unique.add(each);
                }
            }
            return unique;
        }
    },
    BASE64_ENCODE("Base64Encode", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return Base64.getEncoder().encodeToString(limited(given).getBytes(UTF_8));
        }
    },
    BASE64_DECODE("Base64Decode", 1, 1) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            try {
                return new String(Base64.getDecoder().decode(limited(given)), UTF_8);
            } catch (IllegalArgumentException e) {
                throw refused("The argument of States.Base64Decode is not valid Base64");
            }
        }
    },
    HASH("Hash", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            Object data = IntrinsicText.plain(given.get(0));
            String text = data instanceof String s ? s : Json.text(data);
            if (text.codePointCount(0, text.length()) > LONGEST) {
                throw refused("The argument of States.Hash is longer than " + LONGEST + " characters");
            }
            try {
                return Hashing.hex(text, IntrinsicText.unescaped(string(given, 1)));
            } catch (IllegalArgumentException e) {
                throw refused(String.valueOf(e.getMessage()));
            }
        }
    },
    JSON_MERGE("JsonMerge", 3, 3) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            if (!(given.get(0) instanceof Map<?, ?>) || !(given.get(1) instanceof Map<?, ?>)) {
                throw refused("States.JsonMerge merges two objects");
            }
            if (!Boolean.FALSE.equals(given.get(2))) {
                throw refused("States.JsonMerge only merges shallowly: its third argument must be false");
            }
            Map<String, @Nullable Object> merged = new LinkedHashMap<>(Json.object(given.get(0)));
            merged.putAll(Json.object(given.get(1)));
            return merged;
        }
    },
    MATH_RANDOM("MathRandom", 2, 3) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            long first = rounded(given, 0);
            long end = rounded(given, 1);
            if (end <= first) {
                throw refused("The end " + end + " of States.MathRandom must be above its start " + first);
            }
            RandomGenerator source = given.size() == 3 ? new java.util.Random(whole(given, 2)) : random;
            return source.nextLong(first, end);
        }
    },
    MATH_ADD("MathAdd", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            try {
                return Math.addExact(rounded(given, 0), rounded(given, 1));
            } catch (ArithmeticException e) {
                throw refused("The sum of States.MathAdd is outside of the integers from " + Long.MIN_VALUE + " to "
                        + Long.MAX_VALUE);
            }
        }
    },
    STRING_SPLIT("StringSplit", 2, 2) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            // Every character of the delimiter splits, and nothing between two of them is no piece.
            String delimiters = IntrinsicText.unescaped(string(given, 1));
            List<@Nullable Object> pieces = new ArrayList<>();
            StringBuilder piece = new StringBuilder();
            for (char c : (IntrinsicText.unescaped(string(given, 0))
                            + (delimiters.isEmpty() ? "" : delimiters.charAt(0)))
                    .toCharArray()) {
                if (delimiters.indexOf(c) < 0) {
                    piece.append(c);
                } else if (piece.length() > 0) {
                    pieces.add(piece.toString());
                    piece.setLength(0);
                }
            }
            if (piece.length() > 0) {
                pieces.add(piece.toString());
            }
            return pieces;
        }
    },
    UUID("UUID", 0, 0) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> given, RandomGenerator random) {
            return Hashing.uuid(random);
        }
    };

    /** AWS's bounds: characters of what is encoded, decoded or hashed, and elements of a range. */
    private static final int LONGEST = 10_000;

    private static final long LARGEST_RANGE = 1000;

    private final String name;
    private final int least;
    private final int most;

    IntrinsicFunction(String name, int least, int most) {
        this.name = "States." + name;
        this.least = least;
        this.most = most;
    }

    static @Nullable IntrinsicFunction find(String name) {
        return Arrays.stream(values())
                .filter(f -> f.name.equals(name.strip()))
                .findFirst()
                .orElse(null);
    }

    boolean takes(int count) {
        return count >= least && count <= most;
    }

    /** @throws PathException of the kind INTRINSIC when the arguments are not what the function takes */
    abstract @Nullable Object apply(List<@Nullable Object> given, RandomGenerator random);

    static PathException refused(String message) {
        return new PathException(INTRINSIC, message);
    }

    String string(List<@Nullable Object> given, int i) {
        if (given.get(i) instanceof String text) {
            return text;
        }
        throw refused("Argument " + (i + 1) + " of " + name + " must be a string but was " + Json.text(given.get(i)));
    }

    String limited(List<@Nullable Object> given) {
        String text = IntrinsicText.unescaped(string(given, 0));
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw refused("The argument of " + name + " is longer than " + LONGEST + " characters");
        }
        return text;
    }

    List<?> list(List<@Nullable Object> given, int i) {
        if (given.get(i) instanceof List<?> list) {
            return list;
        }
        throw refused("Argument " + (i + 1) + " of " + name + " must be an array but was " + Json.text(given.get(i)));
    }

    long whole(List<@Nullable Object> given, int i) {
        return rounded(given, i);
    }

    /** Half up, towards positive infinity: AWS rounds -1.5 to -1. */
    long rounded(List<@Nullable Object> given, int i) {
        if (given.get(i) instanceof Number number) {
            return number instanceof Long exact ? exact : Math.round(number.doubleValue());
        }
        throw refused("Argument " + (i + 1) + " of " + name + " must be a number but was " + Json.text(given.get(i)));
    }
}
