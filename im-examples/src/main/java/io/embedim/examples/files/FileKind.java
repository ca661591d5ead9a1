package io.embedim.examples.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;

/** What may be sent. Known by its first bytes, whatever its name says; a text by all of them. */
public enum FileKind {

    /** PNG. */
    PNG("png", "image/png", Use.IMAGE),

    /** JPEG. */
    JPEG("jpg", "image/jpeg", Use.IMAGE),

    /** GIF. */
    GIF("gif", "image/gif", Use.IMAGE),

    /** WebP. */
    WEBP("webp", "image/webp", Use.IMAGE),

    /** MP3. */
    MP3("mp3", "audio/mpeg", Use.VOICE),

    /** Ogg. */
    OGG("ogg", "audio/ogg", Use.VOICE),

    /** WebM or Matroska, as browsers record voice. */
    WEBM("webm", "audio/webm", Use.VOICE),

    /** MPEG-4. */
    M4A("m4a", "audio/mp4", Use.VOICE),

    /** PDF. */
    PDF("pdf", "application/pdf", Use.FILE),

    /** ZIP, and what is made of it. */
    ZIP("zip", "application/zip", Use.FILE),

    /** Plain text in UTF-8. */
    TEXT("txt", "text/plain;charset=utf-8", Use.FILE);

    /** How many first bytes it takes. */
    static final int HEAD = 16;

    private final String extension;
    private final String mime;
    private final Use use;

    FileKind(String extension, String mime, Use use) {
        this.extension = extension;
        this.mime = mime;
        this.use = use;
    }

    /** What it is for in a chat. */
    public enum Use {
        /** Shown as a picture. */
        IMAGE,
        /** Played. */
        VOICE,
        /** Saved. */
        FILE
    }

    /** The end of its name, without the dot. */
    String extension() {
        return extension;
    }

    /** Its media type, as it is served. */
    public String mime() {
        return mime;
    }

    /** Its media type alone, as a message names it. */
    public String plainMime() {
        return mime.replaceFirst(";.*", "");
    }

    /** What it is for. */
    public Use use() {
        return use;
    }

    static Optional<FileKind> ofExtension(String extension) {
        return Arrays.stream(values())
                .filter(kind -> kind.extension.equals(extension))
                .findFirst();
    }

    /** Empty where only the rest can tell: it may be a text. */
    static Optional<FileKind> ofHead(byte[] head) {
        String text = new String(head, ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (text.startsWith("ID3") || isMpegAudio(head)) {
            return Optional.of(MP3);
        }
        if (text.startsWith("OggS")) {
            return Optional.of(OGG);
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return Optional.of(WEBM);
        }
        if (text.startsWith("ftyp", 4)) {
            return Optional.of(M4A);
        }
        if (text.startsWith("%PDF-")) {
            return Optional.of(PDF);
        }
        return text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")
                ? Optional.of(ZIP)
                : Optional.empty();
    }

    /** Eleven bits of sync, then MPEG layer III of version 1, 2 or 2.5. */
    private static boolean isMpegAudio(byte[] head) {
        if (head.length < 3 || (head[0] & 0xFF) != 0xFF || (head[1] & 0xE6) != 0xE2) {
            return false;
        }
        boolean reservedVersion = (head[1] & 0x18) == 0x08;
        boolean reservedRate = (head[2] & 0xF0) == 0xF0 || (head[2] & 0x0C) == 0x0C;
        return !reservedVersion && !reservedRate;
    }
}
