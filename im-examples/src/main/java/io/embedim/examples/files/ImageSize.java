package io.embedim.examples.files;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * How large a picture is, read from its header alone: nothing is decoded, so no picture can cost more than a few reads.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
record ImageSize(int width, int height) {

    private static final int MOST_SEGMENTS = 200;

    /** Empty for other kinds, and where the header does not say it. */
    static Optional<ImageSize> of(FileKind kind, InputStream content) throws IOException {
        try (DataInputStream in = new DataInputStream(content)) {
            return switch (kind) {
                case PNG -> png(in);
                case GIF -> gif(in);
                case JPEG -> jpeg(in);
                case WEBP -> webp(in);
                default -> Optional.empty();
            };
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static Optional<ImageSize> sized(int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new ImageSize(width, height)) : Optional.empty();
    }

    private static Optional<ImageSize> png(DataInputStream in) throws IOException {
        in.skipNBytes(16);
        return sized(in.readInt(), in.readInt());
    }

    private static Optional<ImageSize> gif(DataInputStream in) throws IOException {
        in.skipNBytes(6);
        return sized(little(in, 2), little(in, 2));
    }

    /** From segment to segment until the one that begins the frame. */
    private static Optional<ImageSize> jpeg(DataInputStream in) throws IOException {
        in.skipNBytes(2);
        for (int segment = 0; segment < MOST_SEGMENTS; segment++) {
            if (in.readUnsignedByte() != 0xFF) {
                return Optional.empty();
            }
            int marker = in.readUnsignedByte();
            int length = in.readUnsignedShort();
            boolean isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (isFrame) {
                in.skipNBytes(1);
                int height = in.readUnsignedShort();
                return sized(in.readUnsignedShort(), height);
            }
            if (length < 2) {
                return Optional.empty();
            }
            in.skipNBytes(length - 2);
        }
        return Optional.empty();
    }

    private static Optional<ImageSize> webp(DataInputStream in) throws IOException {
        in.skipNBytes(12);
        int chunk = in.readInt();
        in.skipNBytes(4);
        return switch (chunk) {
            case 0x56503858 -> { // VP8X
                in.skipNBytes(4);
                yield sized(little(in, 3) + 1, little(in, 3) + 1);
            }
            case 0x5650384C -> { // VP8L
                in.skipNBytes(1);
                int bits = little(in, 4);
                yield sized((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
            }
            case 0x56503820 -> { // VP8 and a space
                in.skipNBytes(6);
                yield sized(little(in, 2) & 0x3FFF, little(in, 2) & 0x3FFF);
            }
            default -> Optional.empty();
        };
    }

    private static int little(DataInputStream in, int bytes) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 8 * bytes; shift += 8) {
            value |= in.readUnsignedByte() << shift;
        }
        return value;
    }
}
