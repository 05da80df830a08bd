package io.thermolake.spark;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * {@code s3://bucket/key} as the plain file {@code ROOT/bucket/key}; ROOT is the setting {@value #ROOT}. Raw: it writes no
 * checksum files and runs no {@code chmod}.
 */
public final class LocalS3 extends RawLocalFileSystem {
    public static final String ROOT = "fs.s3.local.root";

    private @Nullable URI uri;
    private @Nullable File root;

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
        root = new File(conf.get(ROOT));
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        super.initialize(name, conf);
    }

    @Override
    public String getScheme() {
        return "s3";
    }

    @Override
    public URI getUri() {
        // The super constructor asks before initialize has run.
        return uri == null ? URI.create("s3://none") : uri;
    }

    /** The one place where the super class turns a path into a file; a bucket without a key has an empty path. */
    @Override
    public File pathToFile(Path path) {
        checkPath(path);
        return new File(
                new File(String.valueOf(root), String.valueOf(getUri().getAuthority())),
                path.toUri().getPath());
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(getUri() + "/");
    }

    @Override
    public Path getHomeDirectory() {
        return getWorkingDirectory();
    }

    /** A plain status: the super class's own asks {@code ls -ld} for the owner. */
    private FileStatus plain(Path path, FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                1,
                status.getBlockSize(),
                status.getModificationTime(),
                makeQualified(path));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return plain(path, super.getFileStatus(path));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        return getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus own = getFileStatus(path);
        return own.isFile() ? new FileStatus[] {own} : super.listStatus(path);
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {}

    @Override
    public void setOwner(Path path, String user, String group) {}
}
