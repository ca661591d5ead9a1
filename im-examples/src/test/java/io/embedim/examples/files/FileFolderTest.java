package io.embedim.examples.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("InputStreamSlowMultibyteRead") // Slow is well here.
class FileFolderTest {

    @TempDir
    private Path work;

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0001\0\0\0\0\u0080", FileKind.PNG, 256, 128),
                arguments("GIF89a\u0002\u0001\u0003\0rest", FileKind.GIF, 258, 3),
                arguments(
                        "\u00ff\u00d8\u00ff\u00e0\0\u0004ab\u00ff\u00c4\0\u0003x\u00ff\u00c2\0\u0011\b\0\u0007\u0001\u0009",
                        FileKind.JPEG,
                        265,
                        7),
                arguments("RIFFsizeWEBPVP8Xsize\0\0\0\0c\0\0" + "1\0\0", FileKind.WEBP, 100, 50),
                arguments("RIFFsizeWEBPVP8Lsize/\u0003@\0\0", FileKind.WEBP, 4, 2),
                arguments("RIFFsizeWEBPVP8 sizeabc\u009d\u0001*\u0010\0 \0", FileKind.WEBP, 16, 32),
                arguments("\u0089PNG\r\n\u001a\n\0\0", FileKind.PNG, 0, 0),
                arguments("\u00ff\u00d8\u00ff\u00e0\0\0ab", FileKind.JPEG, 0, 0),
                arguments("ID3\u0003\0", FileKind.MP3, 0, 0),
                arguments("\u00ff\u00fb\u0090D", FileKind.MP3, 0, 0),
                arguments("OggS\0\u0002", FileKind.OGG, 0, 0),
                arguments("\u001aE\u00df\u00a3\u009f", FileKind.WEBM, 0, 0),
                arguments("\0\0\0\u0018ftypM4A ", FileKind.M4A, 0, 0),
                arguments("%PDF-1.7", FileKind.PDF, 0, 0),
                arguments("PK\u0003\u0004", FileKind.ZIP, 0, 0),
                arguments("plain", FileKind.TEXT, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void knowsAFileByItsFirstBytes(String content, FileKind kind, int width, int height) throws Exception {
        FileFolder.Kept kept = folder(1_000).keep(new Incoming("x", bytes(content)));

        assertThat(kept.kind()).isEqualTo(kind);
        assertThat(kept.width().orElse(0)).isEqualTo(width);
        assertThat(kept.height().orElse(0)).isEqualTo(height);
        assertThat(folder(1_000).find(kept.url())).isPresent();
    }

    @Test
    void aTextIsUtf8ToTheEnd() throws Exception {
        String text = "字".repeat(20_000);
        FileFolder folder = folder(100_000);

        assertThat(folder.keep(new Incoming("x", new ByteArrayInputStream(text.getBytes(UTF_8))))
                        .kind())
                .isEqualTo(FileKind.TEXT);
        assertThatExceptionOfType(BadUpload.class)
                .isThrownBy(() ->
                        folder.keep(new Incoming("x", new ByteArrayInputStream((text + "\u0000").getBytes(UTF_8)))))
                .matches(bad -> bad.status() == 415);
        assertThatExceptionOfType(BadUpload.class)
                .isThrownBy(() -> folder.keep(new Incoming(
                        "x",
                        new SequenceInputStream(
                                new ByteArrayInputStream(text.getBytes(UTF_8)), bytes("\u00e5\u00ad")))))
                .matches(bad -> bad.status() == 415);
    }

    @Test
    void aDiskWithoutRoomIsSaidToBeFullAndNothingIsLeft() {
        FileFolder full = new FileFolder(work, 1_000, Long.MAX_VALUE);

        assertThatExceptionOfType(BadUpload.class)
                .isThrownBy(() -> full.keep(new Incoming("x", bytes("text"))))
                .matches(bad -> bad.status() == 507);
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void readsNoFurtherThanOneChunkBehindTheLimit() {
        int[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'x';
            }
        };

        assertThatExceptionOfType(BadUpload.class)
                .isThrownBy(() -> folder(100_000).keep(new Incoming("x", endless)))
                .matches(bad -> bad.status() == 413);
        assertThat(read[0]).isLessThan(120_000);
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aClientThatGoesAwayLeavesNothing() {
        InputStream half = new SequenceInputStream(bytes("half"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatIOException().isThrownBy(() -> folder(1_000).keep(new Incoming("x", half)));
        assertThat(work).isEmptyDirectory();
    }

    private FileFolder folder(long most) {
        return new FileFolder(work, most, 0);
    }

    private static InputStream bytes(String latin) {
        return new ByteArrayInputStream(latin.getBytes(ISO_8859_1));
    }
}
