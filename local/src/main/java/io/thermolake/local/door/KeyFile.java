package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The access key's file in a data folder: {@code credentials}, as every AWS client reads it. It is made once and kept, so that
 * clients and presigned URLs outlive the cloud's process.
 */
public final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    /** As many as AWS's own secrets have characters of Base64. */
    private static final int SECRET_BYTES = 30;

    private final Path file;

    /** @param data the data folder */
    public KeyFile(Path data) {
        file = data.toAbsolutePath().normalize().resolve("credentials");
    }

    public Path path() {
        return file;
    }

    /**
     * The key of a cloud that starts: the one that is there, or a new one when there is none, or when others than the owner
     * could read it.
     *
     * @param random a cryptographic one
     */
    public FolderKey make(RandomGenerator random) {
        Optional<FolderKey> there = there();
        if (there.isPresent() && !open()) {
            return there.get();
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn(
                    "key.renewed file={} why=\"{}\"; clients that have the old one are refused",
                    file,
                    there.isPresent() ? "others could read or write it" : "it had no key");
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        FolderKey made =
                new FolderKey(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        write("""
                # Who has this key may do everything with the laptop cloud of this folder. Use it so:
                # export AWS_SHARED_CREDENTIALS_FILE=(this file) AWS_PROFILE=%1$s
                [%1$s]
                aws_access_key_id = %1$s
                aws_secret_access_key = %2$s
                """.formatted(FolderKey.ID, made.secret()));
        return made;
    }

    /** The key that the folder has, if it has one. */
    public Optional<FolderKey> there() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return ProfileFile.builder()
                    .content(file)
                    .type(ProfileFile.Type.CREDENTIALS)
                    .build()
                    .profile(FolderKey.ID)
                    .flatMap(profile -> profile.property("aws_secret_access_key"))
                    .filter(secret -> secret.length() >= FolderKey.SHORTEST)
                    .map(secret -> new FolderKey(file, secret));
        } catch (IllegalArgumentException e) {
            // What is no profile file has no key.
            return Optional.empty();
        }
    }

    private boolean open() {
        try {
            return posix() && !OWNERS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException("The permissions of " + file + " cannot be read", e);
        }
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Nobody else can read it at any moment: it has its permissions before it has a byte. */
    private void write(String text) {
        FileAttribute<?>[] own = posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), ".credentials", ".new", own);
            try {
                Files.writeString(fresh, text, UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The laptop cloud's key cannot be written to " + file, e);
        }
    }
}
