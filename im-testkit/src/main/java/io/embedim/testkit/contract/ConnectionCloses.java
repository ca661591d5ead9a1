package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of {@link ConnectionContract} about closing. */
public interface ConnectionCloses extends PipeFactory {

    /** What was written and reported arrives, then the close with its code and text, and the end is reported. */
    @Test
    default void clientGetsWhatWasWrittenThenTheCloseWithCodeAndText() {
        try (Pipe pipe = openPipe()) {
            Writes writes = new Writes(pipe.server());
            writes.write(true, "last words");

            pipe.server().close(CloseReason.INVALID);

            assertThat(pipe.takeText(Stages.PATIENCE))
                    .as("message before the close")
                    .isEqualTo("last words");
            assertThat(pipe.awaitClose(Stages.PATIENCE))
                    .as("close that the client gets")
                    .isEqualTo(CloseReason.INVALID);
            pipe.awaitReported(Stages.PATIENCE);
            writes.assertReportedOnce();
        }
    }

    /** Codes of the protocol's own pass, with texts as long as a close frame can carry. */
    @Test
    default void longCloseTextsArrive() {
        for (String text : List.of("x".repeat(500), "再见".repeat(100), "\uD83D\uDE00".repeat(100), "")) {
            try (Pipe pipe = openPipe()) {
                CloseReason reason = new CloseReason(4102, text);

                pipe.server().close(reason);

                assertThat(pipe.awaitClose(Stages.PATIENCE))
                        .as("close with a text of %s chars", text.length())
                        .isEqualTo(reason);
            }
        }
    }

    /** The first close counts. */
    @Test
    default void secondCloseDoesNothing() {
        try (Pipe pipe = openPipe()) {
            pipe.server().close(CloseReason.KICKED);
            pipe.server().close(CloseReason.NORMAL);

            assertThat(pipe.awaitClose(Stages.PATIENCE)).as("close of two").isEqualTo(CloseReason.KICKED);
            pipe.awaitReported(Stages.PATIENCE);
            pipe.server().close(CloseReason.NORMAL);
        }
    }

    /** Closing from several threads at once is one close. */
    @Test
    default void closesFromSeveralThreadsAreOne() {
        try (Pipe pipe = openPipe()) {
            Stages.together(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        pipe.server().close(CloseReason.GOING_AWAY);
                        return true;
                    })
                    .toList());

            assertThat(pipe.awaitClose(Stages.PATIENCE))
                    .as("close by four threads")
                    .isEqualTo(CloseReason.GOING_AWAY);
        }
    }

    /** Close while a write is under way: the client sees the end, the write is reported once at the most, and nothing throws. */
    @Test
    default void closeDuringAWriteEndsTheConnection() {
        try (Pipe pipe = openPipe()) {
            Writes writes = new Writes(pipe.server());
            String[] batch =
                    IntStream.range(0, 100).mapToObj(i -> "x".repeat(10_000)).toArray(String[]::new);

            Stages.together(List.of(
                    () -> {
                        CompletableFuture<@Nullable Void> unused = writes.begin(true, batch);
                        return true;
                    },
                    () -> {
                        pipe.server().close(CloseReason.GOING_AWAY);
                        return true;
                    }));

            pipe.awaitClose(Stages.PATIENCE);
            pipe.awaitReported(Stages.PATIENCE);
            writes.assertReportedAtMostOnce();
        }
    }

    /** A write to what is closed throws nothing and is not reported as done. */
    @Test
    default void writeAfterTheEndIsNotReportedAsDone() {
        try (Pipe pipe = openPipe()) {
            Writes writes = new Writes(pipe.server());
            pipe.server().close(CloseReason.NORMAL);
            pipe.awaitClose(Stages.PATIENCE);
            pipe.awaitReported(Stages.PATIENCE);

            CompletableFuture<@Nullable Void> late = writes.begin(true, "late");

            assertThat(Stages.fails(late, Stages.BRIEFLY))
                    .as("a write after the end fails")
                    .isTrue();
            writes.assertReportedAtMostOnce();
        }
    }

    /** The client's close is reported, with its code, and closing afterwards is harmless. */
    @Test
    default void closeByTheClientIsReported() {
        try (Pipe pipe = openPipe()) {
            pipe.closeFromClient(1000);

            assertThat(pipe.awaitReported(Stages.PATIENCE).code())
                    .as("code that the client closed with")
                    .isEqualTo(1000);
            pipe.server().close(CloseReason.NORMAL);
        }
    }
}
