package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.OutboundFrame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Containers call handlers in every way there is. */
class AsyncSendsTest {

    private static final SendResult OK = new SendResult();
    private static final int MANY = 50_000;

    private final List<String> sent = new ArrayList<>();
    private final Queue<SendHandler> owed = new ArrayDeque<>();
    private final List<@Nullable Throwable> told = new ArrayList<>();
    private Runnable onFlush = () -> {};

    @Test
    void handlersThatComeInlineDoNotGrowTheStack() {
        write(MANY, 1, (text, handler) -> handler.onResult(OK));

        assertThat(sent).hasSize(MANY).startsWith("0", "1", "2");
        assertThat(told).containsExactly((Throwable) null);
    }

    @Test
    void handlersThatComeLaterResume() {
        write(MANY, 1, (text, handler) -> owed.add(handler));
        assertThat(sent).containsExactly("0");

        while (!owed.isEmpty()) {
            assertThat(told).isEmpty();
            owed.remove().onResult(OK);
        }

        assertThat(sent).hasSize(MANY);
        assertThat(told).containsExactly((Throwable) null);
    }

    @Test
    void handlersOfOtherThreadsKeepTheOrder() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();

        AsyncSends.oneByOne(
                remote((text, handler) -> threads.execute(() -> handler.onResult(OK))),
                AsyncSends::text,
                frames(5_000),
                done::complete);

        assertThat(done.orTimeout(10, TimeUnit.SECONDS).join()).isNull();
        assertThat(sent)
                .isEqualTo(IntStream.range(0, 5_000).mapToObj(String::valueOf).toList());
        threads.shutdownNow();
    }

    @Test
    void handlersThatComeTwiceCountOnce() {
        write(100, 1, (text, handler) -> {
            handler.onResult(OK);
            handler.onResult(new SendResult(new IOException("second call")));
            owed.add(handler);
        });
        owed.forEach(handler -> handler.onResult(OK));

        assertThat(sent).hasSize(100);
        assertThat(told).containsExactly((Throwable) null);
    }

    @Test
    void aHandlerThatNeverComesStopsTheWrite() {
        write(100, 1, (text, handler) -> {
            if (sent.size() < 3) {
                handler.onResult(OK);
            }
        });

        assertThat(sent).containsExactly("0", "1", "2");
        assertThat(told).isEmpty();
    }

    @Test
    void aFailureStopsTheWrite() {
        IOException broken = new IOException("broken");

        write(100, 1, (text, handler) -> handler.onResult(sent.size() < 3 ? OK : new SendResult(broken)));

        assertThat(sent).hasSize(3);
        assertThat(told).containsExactly(broken);
    }

    @Test
    void whatASendThrowsIsAFailureAlsoWhenItIsAnError() {
        for (Throwable thrown : List.of(new IllegalStateException("TEXT_FULL_WRITING"), new Error("lone surrogate"))) {
            told.clear();

            write(10, 1, (text, handler) -> sneak(thrown));

            assertThat(told).containsExactly(thrown);
        }
    }

    @Test
    void burstsAreFlushedOnceAndFollowTheirHandlers() {
        List<Integer> flushes = new ArrayList<>();
        onFlush = () -> {
            flushes.add(sent.size());
            while (!owed.isEmpty()) {
                owed.remove().onResult(OK);
            }
        };

        write(150, 64, (text, handler) -> owed.add(handler));

        assertThat(flushes).containsExactly(64, 128, 150);
        assertThat(told).containsExactly((Throwable) null);
    }

    @Test
    void burstsWhoseHandlersComeAfterTheFlushResume() {
        write(150, 64, (text, handler) -> owed.add(handler));
        assertThat(sent).hasSize(64);

        while (!owed.isEmpty()) {
            owed.remove().onResult(OK);
        }

        assertThat(sent).hasSize(150);
        assertThat(told).containsExactly((Throwable) null);
    }

    private void write(int frames, int burst, BiConsumer<String, SendHandler> container) {
        AsyncSends.inBursts(remote(container), frames(frames), burst, told::add);
    }

    private RemoteEndpoint.Async remote(BiConsumer<String, SendHandler> container) {
        return (RemoteEndpoint.Async) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendText")) {
                        sent.add((String) arguments[0]);
                        container.accept((String) arguments[0], (SendHandler) arguments[1]);
                    } else if (method.getName().equals("flushBatch")) {
                        onFlush.run();
                    }
                    return null;
                });
    }

    private static List<OutboundFrame> frames(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> OutboundFrame.of(String.valueOf(i)))
                .toList();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The well-known trick.
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
