package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import org.junit.jupiter.api.Test;

/** Remotes that have no such way, or have it no more. That Tomcat has it, the endpoint's suite tells. */
class EncodedSendsTest {

    @Test
    void aRemoteWithoutBaseHasNone() {
        assertThat(EncodedSends.find(Object.class)).isNull();
        assertThat(EncodedSends.find(Integer.class)).isNull();
    }

    @Test
    void aBaseThatTakesNoBytesHasNone() {
        assertThat(EncodedSends.find(OfAnotherVersion.class)).isNull();
    }

    @Test
    void aBaseThatOnlyWaitsHasNone() {
        assertThat(EncodedSends.find(OnlyWaiting.class)).isNull();
    }

    private static class Version {
        @SuppressWarnings("unused") // Looked for.
        final Base base = new Base();
    }

    private static final class OfAnotherVersion extends Version {}

    private static final class Base {
        @SuppressWarnings("unused") // Looked for, with other parameters.
        void sendMessageBlock(CharBuffer part, boolean last) {}
    }

    private static class WaitingVersion {
        @SuppressWarnings("unused") // Looked for.
        final WaitingBase base = new WaitingBase();
    }

    private static final class OnlyWaiting extends WaitingVersion {}

    private static final class WaitingBase {
        @SuppressWarnings("unused") // Looked for, and not enough; so is the next.
        final ByteBuffer outputBuffer = ByteBuffer.allocate(1);

        @SuppressWarnings("unused")
        void sendMessageBlock(byte opCode, ByteBuffer payload, boolean last) {}
    }
}
