package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file is by its first bytes, as far as people bring it for a text. */
final class FileKind {
    private static final String UNPACK = "; unpack it first";
    /** First bytes in hex to what the file is and what to do. */
    private static final Map<String, String> REFUSED = new LinkedHashMap<>();

    static {
        String excel = "; save the sheet as CSV, or unpack the archive";
        REFUSED.put("504b0304", "a ZIP archive or an Excel workbook (.xlsx)" + excel);
        REFUSED.put("504b0506", "an empty ZIP archive");
        REFUSED.put("d0cf11e0", "an old Excel or Office file (.xls); save the sheet as CSV");
        REFUSED.put("25504446", "a PDF document; export the table as CSV");
        REFUSED.put("50415231", "a Parquet file; export it as CSV");
        REFUSED.put("4f5243", "an ORC file; export it as CSV");
        REFUSED.put("4f626a01", "an Avro file; export it as CSV");
        REFUSED.put("4152524f5731", "an Arrow file; export it as CSV");
        REFUSED.put("89484446", "an HDF5 file; export it as CSV");
        REFUSED.put("53514c69746520666f726d6174", "an SQLite database; export the table as CSV");
        REFUSED.put("fd377a585a00", "packed with xz" + UNPACK);
        REFUSED.put("28b52ffd", "packed with zstd" + UNPACK);
        REFUSED.put("04224d18", "packed with lz4" + UNPACK);
        REFUSED.put("377abcaf271c", "a 7z archive" + UNPACK);
        REFUSED.put("526172211a", "a RAR archive" + UNPACK);
        REFUSED.put("1f9d", "packed with compress" + UNPACK);
    }

    /** Where a tar archive says that it is one. */
    private static final int TAR = 257;

    private FileKind() {}

    static boolean isGzip(byte[] head) {
        return hex(head).startsWith("1f8b");
    }

    static boolean isBzip2(byte[] head) {
        return hex(head).startsWith("425a68");
    }

    /** @throws CommandException when the file is a known one that holds no plain lines */
    static void refuse(String file, byte[] head) {
        String hex = hex(head);
        REFUSED.forEach((start, what) -> {
            // "ORC" alone may begin a text.
            if (hex.startsWith(start) && (start.length() > 6 || hasZero(head) || start.equals("1f9d"))) {
                throw new CommandException(file + " is " + what);
            }
        });
        if (head.length > TAR + 5 && new String(head, TAR, 5, ISO_8859_1).equals("ustar")) {
            throw new CommandException(file + " is a tar archive" + UNPACK);
        }
    }

    /**
     * @throws CommandException when a tenth of the bytes are signs that no text has; where it is no UTF-8 those from 0x80 to
     *     0x9f count, which no encoding of one byte a sign has often
     */
    static void refuseBinary(String file, byte[] head) {
        boolean unicode = !UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
                .isError();
        int odd = 0;
        for (byte b : head) {
            boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f';
            odd += control || (!unicode && (b & 0xe0) == 0x80) ? 1 : 0;
        }
        if (odd * 10 > head.length) {
            throw new CommandException(file + " is no text; export the readings as CSV or JSON lines");
        }
    }

    private static boolean hasZero(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static String hex(byte[] head) {
        return HexFormat.of().formatHex(head, 0, Math.min(head.length, 16));
    }
}
