package io.embedim.examples.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files in a folder of their own, each under a random name that nobody can guess, with the kind as its extension. For any number of threads. A file is there
 * when it is complete, or not at all.
 */
public final class FileFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{24}\\.([a-z0-9]{1,5})");
    private static final int NAME_BYTES = 18;
    private static final int CHUNK = 16_384;

    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final long most;
    private final long reserve;

    /**
     * In a folder that exists.
     *
     * @param most how large a file may be, in bytes
     * @param reserve how many bytes of the disk stay free
     */
    public FileFolder(Path folder, long most, long reserve) {
        this.folder = folder;
        this.most = most;
        this.reserve = reserve;
    }

    /**
     * A file that is there.
     *
     * @param path where
     * @param kind what
     */
    public record Found(Path path, FileKind kind) {}

    /** A file that was taken. {@code url} is the last part of where it can be asked for. */
    public record Kept(String url, String name, long size, FileKind kind, OptionalInt width, OptionalInt height) {}

    /** How large a file may be, in bytes. */
    public long most() {
        return most;
    }

    /** Only for a name that this folder gave. */
    public Optional<Found> find(String name) {
        Matcher shape = NAME.matcher(name);
        if (!shape.matches()) {
            return Optional.empty();
        }
        Path path = folder.resolve(name);
        return FileKind.ofExtension(shape.group(1))
                .filter(kind -> Files.isRegularFile(path))
                .map(kind -> new Found(path, kind));
    }

    /**
     * Reads a file and keeps it. Reads at most one byte more than the limit.
     *
     * @throws BadUpload if it is too large (413), empty (400), of no known kind (415), or does not fit on the disk (507)
     * @throws IOException if the client goes away, or the disk fails in another way; nothing is left behind
     */
    public Kept keep(Incoming incoming) throws IOException, BadUpload {
        Path part = folder.resolve(randomName() + ".part");
        try {
            long size = write(incoming.content(), part);
            FileKind kind = kindOf(part);
            Optional<ImageSize> pixels = ImageSize.of(kind, Files.newInputStream(part));
            String name = randomName() + "." + kind.extension();
            Files.move(part, folder.resolve(name));
            return new Kept(
                    name,
                    incoming.name(),
                    size,
                    kind,
                    pixels.map(is -> OptionalInt.of(is.width())).orElse(OptionalInt.empty()),
                    pixels.map(is -> OptionalInt.of(is.height())).orElse(OptionalInt.empty()));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long write(InputStream content, Path part) throws IOException, BadUpload {
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        try (OutputStream out = open(part)) {
            for (int got = content.read(chunk); got >= 0; got = content.read(chunk)) {
                size += got;
                if (size > most) {
                    throw tooLarge();
                }
                write(out, chunk, got);
            }
        }
        if (size == 0) {
            throw new BadUpload(400, "the file is empty");
        }
        return size;
    }

    private OutputStream open(Path part) throws BadUpload {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < reserve) {
                throw new BadUpload(507, "no room for files");
            }
            return Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new BadUpload(507, "no room for files");
        }
    }

    /** Apart from reading, so that a full disk is not taken for a client that went away. */
    private void write(OutputStream out, byte[] chunk, int count) throws IOException, BadUpload {
        if (Files.getFileStore(folder).getUsableSpace() < reserve) {
            throw new BadUpload(507, "no room for files");
        }
        try {
            out.write(chunk, 0, count);
        } catch (IOException e) {
            throw new BadUpload(507, "no room for files");
        }
    }

    /** What to answer where the length alone says that it is too much. */
    public BadUpload tooLarge() {
        return new BadUpload(413, "a file has at most " + most + " bytes");
    }

    private static FileKind kindOf(Path part) throws IOException, BadUpload {
        Optional<FileKind> kind;
        try (InputStream in = Files.newInputStream(part)) {
            kind = FileKind.ofHead(in.readNBytes(FileKind.HEAD));
        }
        if (kind.isEmpty() && isText(part)) {
            return FileKind.TEXT;
        }
        return kind.orElseThrow(() -> new BadUpload(
                415, "expected png, jpeg, gif, webp, mp3, ogg, webm, m4a, pdf, zip or plain text in UTF-8"));
    }

    /** UTF-8 throughout, and no control characters but tabs and ends of lines. */
    private static boolean isText(Path part) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        try (FileChannel in = FileChannel.open(part)) {
            boolean more = true;
            while (more) {
                more = in.read(bytes) >= 0;
                CoderResult result = decoder.decode(bytes.flip(), chars, !more);
                if (result.isError() || chars.flip().chars().anyMatch(FileFolder::isBinary)) {
                    return false;
                }
                chars.clear();
                bytes.compact();
            }
        }
        return true;
    }

    private static boolean isBinary(int code) {
        return (code < ' ' && code != '\t' && code != '\n' && code != '\r' && code != '\f') || code == 0x7F;
    }

    private String randomName() {
        byte[] bits = new byte[NAME_BYTES];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
