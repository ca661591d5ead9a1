package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.OutboundFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of {@link ConnectionContract} about writing. */
public interface ConnectionWrites extends PipeFactory {

    /** Each frame of a batch is one message, in order, whether the write may block or not. */
    @Test
    default void framesOfABatchArriveInOrderAsOneMessageEach() {
        try (Pipe pipe = openPipe()) {
            Writes writes = new Writes(pipe.server());
            String[] batch =
                    IntStream.range(0, 50).mapToObj(i -> "{\"n\":" + i + "}").toArray(String[]::new);

            for (boolean mayBlock : new boolean[] {true, false}) {
                CompletableFuture<@Nullable Void> written = writes.begin(mayBlock, batch);

                assertThat(take(pipe, batch.length))
                        .as("messages of a batch, mayBlock %s", mayBlock)
                        .containsExactly(batch);
                Stages.await("write of a batch", written);
            }
            writes.assertReportedOnce();
        }
    }

    /** Many writes, each begun from the callback of the one before, as the core may do. */
    @Test
    default void writesThatFollowFromCallbacksKeepTheirOrder() {
        try (Pipe pipe = openPipe()) {
            CompletableFuture<@Nullable Void> all = new CompletableFuture<>();

            new CallbackChain(pipe.server(), 2_000, all).next();

            List<String> expected =
                    IntStream.range(0, 2_000).mapToObj(i -> "m" + i).toList();
            assertThat(take(pipe, 2_000))
                    .as("messages of 2000 writes in a chain")
                    .isEqualTo(expected);
            Stages.await("a chain of 2000 writes", all);
        }
    }

    /** Every character arrives, also those beyond the first plane. */
    @Test
    default void everyCharacterArrives() {
        try (Pipe pipe = openPipe()) {
            String text =
                    "阿克苏 \uD83D\uDE00 \uD83C\uDDE8\uD83C\uDDF3 \u0000\u0001\u007F\u0080\uFFFD\uFFFF \uDBFF\uDFFF é";

            new Writes(pipe.server()).write(true, text);

            assertThat(pipe.takeText(Stages.PATIENCE))
                    .as("text of all kinds of characters")
                    .isEqualTo(text);
        }
    }

    /** A lone surrogate, which no frame may carry, arrives as U+FFFD and does no harm. */
    @Test
    default void loneSurrogateArrivesReplaced() {
        try (Pipe pipe = openPipe()) {
            Writes writes = new Writes(pipe.server());

            writes.write(true, "a\uD83Db", "\uDE00");
            writes.write(false, "next");

            assertThat(take(pipe, 3))
                    .as("lone surrogates and what follows")
                    .containsExactly("a\uFFFDb", "\uFFFD", "next");
        }
    }

    /** The longest frame that clients may send can be relayed, in one byte and in three bytes a character. */
    @Test
    default void longFramesArriveWhole() {
        try (Pipe pipe = openPipe()) {
            String latin = "x".repeat(64 * 1024);
            String chinese = "字".repeat(64 * 1024 / 3);
            String longer = "0123456789".repeat(50_000);

            for (boolean mayBlock : new boolean[] {true, false}) {
                CompletableFuture<@Nullable Void> written =
                        new Writes(pipe.server()).begin(mayBlock, latin, chinese, longer);

                // Not by contents: a failure would print them.
                List<String> came = take(pipe, 3);
                assertThat(came)
                        .as("lengths of long frames")
                        .extracting(String::length)
                        .containsExactly(latin.length(), chinese.length(), longer.length());
                assertThat(came.equals(List.of(latin, chinese, longer)))
                        .as("contents of long frames")
                        .isTrue();
                Stages.await("write of long frames", written);
            }
        }
    }

    /** A callback that throws is the core's fault, but breaks nothing. */
    @Test
    default void callbackThatThrowsDoesNotBreakTheConnection() {
        try (Pipe pipe = openPipe()) {
            CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
            try {
                pipe.server().write(List.of(OutboundFrame.of("first")), true, failure -> {
                    told.complete(null);
                    throw new IllegalStateException("thrown by the test's callback");
                });
            } catch (IllegalStateException e) {
                // An inline callback may throw through.
                assertThat(e).hasMessage("thrown by the test's callback");
            }
            Stages.await("callback that throws", told);

            new Writes(pipe.server()).write(true, "second");

            assertThat(take(pipe, 2))
                    .as("messages around a callback that threw")
                    .containsExactly("first", "second");
        }
    }

    private static List<String> take(Pipe pipe, int count) {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(pipe.takeText(Stages.PATIENCE));
        }
        return taken;
    }
}
