package io.thermolake.spark;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A folder of good and bad raw files by a seed, and what must come of it. It knows the forms, and none of the readers. */
final class Mixture {
    private static final long START = 1_772_323_200L;
    private static final DateTimeFormatter BLANK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** Key to content. */
    final Map<String, byte[]> files = new LinkedHashMap<>();
    /** Room, blank and second to °C. */
    final Map<String, Double> good = new TreeMap<>();

    long bad;
    long duplicates;

    private final Random random;
    private final List<Reading> before = new ArrayList<>();
    private int next;

    Mixture(long seed) {
        random = new Random(seed);
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            files.put("raw/history/%d%s".formatted(i, pick(".csv", ".CSV", ".csv.gz", ".txt", "")), history());
        }
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            files.put("raw/live/year=2026/month=03/day=05/hour=0%d/part.gz".formatted(i), live());
        }
    }

    private record Reading(String room, long second, BigDecimal celsius) {}

    private Reading reading() {
        if (!before.isEmpty() && random.nextInt(20) == 0) {
            duplicates++;
            return before.get(random.nextInt(before.size()));
        }
        Reading reading = new Reading(
                pick("lab", "attic", "Room_2-b"),
                START + 60L * next++ + random.nextInt(60),
                BigDecimal.valueOf(random.nextInt(600) - 200, 1));
        keep(reading);
        return reading;
    }

    private void keep(Reading reading) {
        before.add(reading);
        good.put(reading.room + " " + reading.second, reading.celsius.doubleValue());
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String time(long second) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        LocalDateTime there = utc.plusHours(2);
        return switch (random.nextInt(10)) {
            case 0 -> utc + (utc.getSecond() == 0 ? ":00Z" : "Z");
            case 1 -> there.format(BLANK) + "+02:00";
            case 2 -> there.format(BLANK) + " +0200";
            case 3 -> String.valueOf(second);
            case 4 -> second + "" + (100 + random.nextInt(900));
            case 5 -> second + "123456";
            case 6 -> utc.format(BLANK).replace('-', '/');
            case 7 -> " " + utc.format(BLANK) + ".98765\u00A0";
            case 8 -> utc.format(DateTimeFormatter.ofPattern("uuuu-M-d H:mm:ss")) + " UTC";
            default -> utc.format(BLANK);
        };
    }

    private String value(BigDecimal celsius) {
        String plain = celsius.toPlainString();
        return switch (random.nextInt(7)) {
            case 0 -> " " + plain + " ";
            case 1 -> plain + " °C";
            case 2 -> plain.startsWith("-") ? "\u2212" + plain.substring(1) : "+" + plain;
            case 3 ->
                celsius.multiply(new BigDecimal("1.8"))
                                .add(BigDecimal.valueOf(32))
                                .toPlainString() + "°F";
            case 4 -> plain + "e0";
            default -> plain;
        };
    }

    private byte[] history() {
        return switch (random.nextInt(10)) {
            case 0 -> new byte[0];
            case 1 -> "timestamp,room_id,temperature\n".getBytes(UTF_8);
            // Its first line is the header.
            case 2 -> noise(1 + random.nextInt(5), 1);
            case 3 -> packed();
            default -> csv();
        };
    }

    private byte[] csv() {
        String separator = pick(",", ",", ",", ";", "\t");
        String end = pick("\n", "\r\n", "\r");
        // An open quote may be closed by a later cell's: whose row that is, nobody can say.
        boolean openQuotes = random.nextBoolean();
        List<String> names =
                new ArrayList<>(List.of("timestamp", "room_id", "temperature", "Humidity", "humidity", ""));
        Collections.shuffle(names, random);
        StringBuilder text =
                new StringBuilder(separator.equals(",") ? pick("", "", "sep=," + end) : "sep=" + separator + end);
        List<String> header = names.stream().map(this::cased).toList();
        text.append(String.join(separator, header)).append(end);
        for (int i = 5 + random.nextInt(60); i > 0; i--) {
            if (random.nextInt(8) > 0) {
                text.append(row(names, reading(), separator, openQuotes)).append(end);
            } else if (random.nextInt(4) == 0) {
                text.append(pick("", "  ", "\u00A0")).append(end);
            } else {
                bad++;
                text.append(badRow(names, separator, openQuotes)).append(end);
            }
        }
        return packed(encoded(text.toString()));
    }

    private String cased(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> name.equalsIgnoreCase("humidity") ? name : name.toUpperCase(Locale.ROOT);
            case 1 -> " " + name;
            case 2 -> "\"" + name + "\"";
            default -> name;
        };
    }

    private String row(List<String> names, Reading reading, String separator, boolean openQuotes) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("timestamp", time(reading.second));
        cells.put("room_id", pick("", " ", "\u00A0") + reading.room + pick("", " "));
        cells.put("temperature", value(reading.celsius));
        List<String> row = new ArrayList<>();
        for (String name : names) {
            String cell = cells.getOrDefault(name, "61.5");
            if (!cells.containsKey(name) && !openQuotes && random.nextInt(6) == 0) {
                cell = "\"window" + pick("\n", "\r\n", "\n\n") + "of \"\"mine\"\"" + separator + "\"";
            } else if (random.nextInt(4) == 0) {
                cell = pick("", " ") + "\"" + cell + "\"" + pick("", " ");
            }
            row.add(cell);
        }
        return String.join(separator, row) + pick("", "", separator);
    }

    private String badRow(List<String> names, String separator, boolean openQuotes) {
        Reading never = new Reading("never", START, BigDecimal.ONE);
        if (openQuotes && random.nextInt(3) == 0) {
            return pick("\"", "lab" + separator + "\"") + "never closed" + separator + "20";
        }
        return switch (random.nextInt(6)) {
            case 0 -> "garbage";
            case 1 -> row(names, never, separator, true) + separator + "too many";
            case 2 -> String.join(separator, Collections.nCopies(names.size(), ""));
            case 3 -> plain(names, separator, "room_id", "no room");
            case 4 ->
                plain(names, separator, "temperature", pick("warm", "20.", "85", "-127", "9999", "1e308", "-300"));
            default -> plain(names, separator, "timestamp", pick("yesterday", "46082.33", "1999-12-31", "01.03.2026"));
        };
    }

    private static String plain(List<String> names, String separator, String name, String value) {
        Map<String, String> cells =
                new LinkedHashMap<>(Map.of("timestamp", "2026-03-01", "room_id", "never", "temperature", "20"));
        cells.put(name, value);
        return String.join(
                separator, names.stream().map(n -> cells.getOrDefault(n, "")).toList());
    }

    private byte[] live() {
        return switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> noise(1 + random.nextInt(5), 0);
            case 2 -> packed();
            case 3 -> cut();
            default -> json();
        };
    }

    private byte[] json() {
        String end = pick("\n", "\r\n", "\r");
        StringBuilder text = new StringBuilder();
        if (random.nextInt(3) == 0) {
            bad++;
            text.append("the device says hello").append(end);
        }
        for (int i = 5 + random.nextInt(60); i > 0; i--) {
            int kind = random.nextInt(30);
            if (kind < 24) {
                text.append(object(reading())).append(kind < 4 ? "" : end);
            } else if (kind == 24) {
                text.append(end).append(" ").append(end);
            } else {
                bad++;
                text.append(end).append(badLine()).append(end);
            }
        }
        return packed(encoded(text.toString()));
    }

    private String badLine() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "{\"timestamp\":\"2026-03-01\",\"room_id\":\"never\",\"temperature\":"
                        + pick("85", "1e9", "NaN", "null") + "}";
            case 1 -> "{\"room_id\":\"never\"";
            case 2 -> "{\"timestamp\":7,\"room_id\":\"never\",\"temperature\":20}";
            case 3 -> "x".repeat(1_100_000 + random.nextInt(100_000));
            case 4 -> "{\"room_id\":\"never\",\"x\":\"" + "y".repeat(1_100_000) + "\"}";
            default -> "[1,2,3]";
        };
    }

    private String object(Reading reading) {
        List<String> fields = new ArrayList<>(List.of(
                "\"%s\":\"%s\"".formatted(pick("timestamp", "timestamp", "TimeStamp"), time(reading.second)),
                "\"%s\":\"%s\""
                        .formatted(pick("room_id", "room_id", "ROOM_ID"), reading.room + pick("", " ", "\\u00a0")),
                "\"%s\":%s"
                        .formatted(
                                pick("temperature", "temperature", "Temperature"),
                                random.nextBoolean()
                                        ? reading.celsius.toPlainString()
                                        : "\"" + value(reading.celsius) + "\""),
                "\"Humidity\":61.5",
                "\"humidity\":{\"a\":[1,\"}\"]}",
                "\"\\u0000\":1",
                "\"\":null"));
        Collections.shuffle(fields, random);
        return "{" + String.join(pick(",", " , "), fields) + "}";
    }

    /** A gzip file that broke off: what the JDK gets out of it byte by byte is there, and one record for the rest. */
    private byte[] cut() {
        List<Reading> readings = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            Reading reading =
                    new Reading("lab", START + 100_000 + 60L * next++, BigDecimal.valueOf(random.nextInt(300), 1));
            readings.add(reading);
            text.append(object(reading)).append('\n');
        }
        byte[] whole = gzip(text.toString().getBytes(UTF_8));
        byte[] rest = Arrays.copyOf(whole, 20 + random.nextInt(whole.length - 21));
        int lines = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(rest))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                lines += b == '\n' ? 1 : 0;
            }
        } catch (IOException e) {
            // The cut.
        }
        readings.subList(0, lines).forEach(this::keep);
        bad++;
        return rest;
    }

    /** Lines of bytes that mean nothing. */
    private byte[] noise(int lines, int headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        char end = random.nextBoolean() ? '\n' : '\r';
        for (int i = 0; i < lines; i++) {
            bytes.write(0x81);
            for (int n = random.nextInt(200); n > 0; n--) {
                int b = random.nextInt(256);
                bytes.write(b == '\n' || b == '\r' || b == '"' ? 0 : b);
            }
            bytes.write(end);
        }
        bad += lines - headers;
        return bytes.toByteArray();
    }

    private byte[] packed() {
        bad++;
        byte[] bytes = new byte[2000];
        random.nextBytes(bytes);
        System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, bytes, 0, 4);
        return bytes;
    }

    private byte[] packed(byte[] bytes) {
        return random.nextInt(3) == 0 ? gzip(bytes) : bytes;
    }

    private byte[] encoded(String text) {
        Charset charset = List.of(UTF_8, UTF_8, UTF_8, UTF_16LE, UTF_16BE).get(random.nextInt(5));
        boolean mark = charset != UTF_8 || random.nextBoolean();
        return ((mark ? "\uFEFF" : "") + text).getBytes(charset);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
