package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * A user's file as a stream of text: unpacked where it is gzip or bzip2, as UTF-8 where it is UTF-16 or UTF-32, without
 * its byte-order mark. Text in another encoding comes as it is.
 */
final class UserFile {
    private static final int HEAD = 8192;
    private static final int BUFFER = 1 << 16;

    private UserFile() {}

    /** @throws CommandException when there is no such file, or what is there is none that can be read */
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new CommandException("There is no file " + shown(file) + " to read");
        }
        if (Files.isDirectory(file)) {
            throw new CommandException(shown(file) + " is a folder; name one of its files, and bring them one by one");
        }
        if (!Files.isRegularFile(file)) {
            throw new CommandException(shown(file) + " is a pipe or a device; write what it gives to a file first");
        }
        if (!Files.isReadable(file)) {
            throw new CommandException(shown(file) + " may not be read by this user; change its permissions");
        }
    }

    /** The file's path on one line, whatever is in it. */
    static String shown(Path file) {
        return file.toString().replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * @param notes are told how it is packed and encoded, where that is not the usual
     * @throws CommandException when the file is no text, with what it is
     * @throws IOException when it cannot be read, or is damaged
     */
    static InputStream open(Path file, List<String> notes) throws IOException {
        check(file);
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            FileKind.refuse(shown(file), head(in));
            return text(file, unpacked(in, notes), notes);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static BufferedInputStream unpacked(BufferedInputStream in, List<String> notes) throws IOException {
        byte[] head = head(in);
        if (FileKind.isGzip(head)) {
            notes.add("it is packed with gzip");
            return new BufferedInputStream(
                    new Packed(GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get()),
                    BUFFER);
        }
        if (FileKind.isBzip2(head)) {
            notes.add("it is packed with bzip2");
            return new BufferedInputStream(new Packed(new BZip2CompressorInputStream(in, true)), BUFFER);
        }
        return in;
    }

    private static InputStream text(Path file, BufferedInputStream in, List<String> notes) throws IOException {
        byte[] head = head(in);
        FileKind.refuse(shown(file), head);
        if (FileKind.isGzip(head) || FileKind.isBzip2(head)) {
            throw new CommandException(shown(file) + " is packed twice; unpack it once");
        }
        UnicodeForm form = UnicodeForm.of(head);
        in.skipNBytes(form.mark());
        Charset charset = form.charset();
        if (charset != null) {
            notes.add("it is " + charset.name().replaceAll("[BL]E$", ""));
            return ReaderInputStream.builder()
                    .setReader(new InputStreamReader(in, charset))
                    .setCharset(UTF_8)
                    .get();
        }
        FileKind.refuseBinary(shown(file), head);
        return in;
    }

    private static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = new byte[HEAD];
        int read = in.readNBytes(head, 0, HEAD);
        in.reset();
        return Arrays.copyOf(head, read);
    }

    /** Some damage shows as a RuntimeException of the unpacker. */
    private static final class Packed extends FilterInputStream {
        Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (RuntimeException e) {
                throw new IOException("its packed data is damaged", e);
            }
        }
    }
}
