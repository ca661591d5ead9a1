package io.embedim.testkit;

import io.embedim.connection.CloseReason;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * AssertJ assertions for a {@link RecordingConnection}; frames are compared as JSON values.
 *
 * <pre>{@code
 * assertThat(connection).hasReceived("{'code':0,…}").isOpen();
 * }</pre>
 */
public final class RecordingConnectionAssert extends AbstractAssert<RecordingConnectionAssert, RecordingConnection> {

    private RecordingConnectionAssert(RecordingConnection actual) {
        super(actual, RecordingConnectionAssert.class);
    }

    /**
     * Starts an assertion.
     *
     * @param actual the connection
     * @return its assertions
     */
    public static RecordingConnectionAssert assertThat(RecordingConnection actual) {
        return new RecordingConnectionAssert(actual);
    }

    /**
     * Checks that exactly these frames were written, in order.
     *
     * @param frames JSON texts
     * @return this
     */
    public RecordingConnectionAssert hasReceived(String... frames) {
        List<String> came = actual.frames();
        for (int i = 0; i < Math.min(frames.length, came.size()); i++) {
            int index = i;
            JsonValues.difference(JsonValues.read(frames[i]), JsonValues.read(came.get(i)))
                    .ifPresent(difference -> failWithMessage("frame %s: %s%nreceived: %s", index, difference, came));
        }
        if (came.size() != frames.length) {
            failWithMessage(
                    "expected %s frames but received %s%nexpected: %s%nreceived: %s",
                    frames.length, came.size(), List.of(frames), came);
        }
        return this;
    }

    /**
     * Checks that nothing was written.
     *
     * @return this
     */
    public RecordingConnectionAssert hasReceivedNothing() {
        return hasReceived();
    }

    /**
     * Checks that the core has closed it.
     *
     * @param code the close code
     * @return this
     */
    public RecordingConnectionAssert isClosedWith(int code) {
        CloseReason reason = actual.closeReason().orElse(null);
        if (reason == null) {
            failWithMessage("expected to be closed with %s but is open; received: %s", code, actual.frames());
        } else if (reason.code() != code) {
            failWithMessage("expected to be closed with %s but was closed with %s", code, reason);
        }
        return this;
    }

    /**
     * Checks that the core has not closed it.
     *
     * @return this
     */
    public RecordingConnectionAssert isOpen() {
        actual.closeReason().ifPresent(reason -> failWithMessage("expected to be open but was closed with %s", reason));
        return this;
    }
}
