package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Remotes that have no such way, or have it no more. That Tyrus has it, the endpoint's suite tells. */
class TyrusSendsTest {

    @Test
    void aRemoteWithoutSocketHasNone() {
        assertThat(TyrusSends.find(Object.class)).isNull();
        assertThat(TyrusSends.find(Integer.class)).isNull();
    }

    @Test
    void aWriterOfAnotherClassIsNotTaken() {
        assertThat(TyrusSends.find(OfAnotherTyrus.class)).isNull();
    }

    @SuppressWarnings("unused") // Looked for.
    private static class Remote {
        final Socket webSocket = new Socket();
    }

    private static final class OfAnotherTyrus extends Remote {}

    @SuppressWarnings("unused") // Looked for.
    private static final class Socket {
        private final Handler protocolHandler = new Handler();
    }

    @SuppressWarnings("unused") // Looked for; is not of the class that is expected.
    private static final class Handler {
        private final Object writer = new Object();
    }
}
