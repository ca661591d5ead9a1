package io.embedim.examples.demo;

import io.embedim.examples.files.FileFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the demo keeps the files that people send: in the folder that was named, or in one that ends with the demo. */
final class UploadFolder implements AutoCloseable {

    private static final long MEBIBYTE = 1_048_576;

    /** What stays free of the disk: others need it too. */
    private static final long RESERVE = 100 * MEBIBYTE;

    private final Path folder;
    private final boolean ends;
    private final FileFolder files;

    private UploadFolder(Path folder, boolean ends, long most) {
        this.folder = folder;
        this.ends = ends;
        this.files = new FileFolder(folder, most, RESERVE);
    }

    static UploadFolder of(DemoOptions options) throws UsageException {
        long most = options.fileMebibytes() * MEBIBYTE;
        Path named = options.files().orElse(null);
        try {
            return named == null
                    ? new UploadFolder(Files.createTempDirectory("embedim-files-"), true, most)
                    : new UploadFolder(Files.createDirectories(named), false, most);
        } catch (IOException e) {
            throw new UsageException("cannot keep files in " + (named == null ? "a new folder" : named), e);
        }
    }

    FileFolder files() {
        return files;
    }

    @Override
    public void close() {
        if (!ends) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }
}
