package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.connection.CloseReason;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A correct pipe passes; one that breaks one rule is told which. */
class ConnectionContractTest implements ConnectionContract {

    @Override
    public Pipe openPipe() {
        return new LoopbackPipe();
    }

    @Test
    void seesFramesOutOfOrder() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                        List<OutboundFrame> reversed = new ArrayList<>(frames);
                        Collections.reverse(reversed);
                        super.write(reversed, mayBlock, callback);
                    }
                },
                ConnectionContract::framesOfABatchArriveInOrderAsOneMessageEach,
                "messages of a batch, mayBlock true");
    }

    @Test
    void seesFramesJoinedToOneMessage() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                        String joined = frames.stream().map(OutboundFrame::text).collect(Collectors.joining());
                        super.write(List.of(OutboundFrame.of(joined)), mayBlock, callback);
                    }

                    @Override
                    public String takeText(Duration within) {
                        return super.takeText(Duration.ofMillis(100));
                    }
                },
                ConnectionContract::framesOfABatchArriveInOrderAsOneMessageEach,
                "no message came");
    }

    @Test
    void seesAWriteReportedTwice() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                        super.write(frames, mayBlock, callback);
                        callback.completed(null);
                    }
                },
                ConnectionContract::framesOfABatchArriveInOrderAsOneMessageEach,
                "how often each write was reported: [2, 2]");
    }

    @Test
    void seesAWriteThatThrowsAfterTheEnd() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                        throw new IllegalStateException("the session is closed");
                    }
                },
                ConnectionContract::writeAfterTheEndIsNotReportedAsDone,
                "write threw java.lang.IllegalStateException");
    }

    @Test
    void seesAWriteThatIsReportedAsDoneAfterTheEnd() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                        callback.completed(null);
                    }
                },
                ConnectionContract::writeAfterTheEndIsNotReportedAsDone,
                "a write after the end fails");
    }

    @Test
    void seesAnotherCloseCode() {
        assertFails(
                new LoopbackPipe() {
                    @Override
                    public void close(CloseReason reason) {
                        super.close(CloseReason.LOST);
                    }
                },
                ConnectionContract::longCloseTextsArrive,
                "close with a text of 500 chars");
    }

    private static void assertFails(Pipe pipe, Consumer<ConnectionContract> test, String message) {
        ConnectionContract contract = () -> pipe;

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
