package io.embedim.internal.routing;

import io.embedim.conversation.Broker;
import io.embedim.model.ConnectionId;
import io.embedim.model.NotReadyException;
import io.embedim.monitor.Backend;
import io.embedim.monitor.Health;
import io.embedim.monitor.Health.Component;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the backends whether they are there. Who asks while an answer is under way gets the same one, so that probes cost a backend no more however many there are. */
final class Checkup {

    private final Broker broker;
    private final SessionStore store;
    private final ImRuntime runtime;
    private final Duration patience;
    private final Steps steps;
    private final ConnectionId nobody;
    private final AtomicReference<@Nullable CompletableFuture<Health>> underWay = new AtomicReference<>();

    Checkup(EngineConfig config, Steps steps) {
        this.broker = config.broker();
        this.store = config.sessions();
        this.runtime = config.runtime();
        this.patience = config.limits().backendTime();
        this.steps = steps;
        this.nobody = ConnectionId.random(runtime.random());
    }

    /** A server that takes connections is as ready as its backends. */
    CompletionStage<Health> ofOpen() {
        CompletableFuture<Health> mine = new CompletableFuture<>();
        CompletableFuture<Health> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others.copy();
        }
        CompletableFuture<Component> broke = ask(Backend.BROKER, broker::probe);
        CompletableFuture<Component> stored = ask(Backend.SESSIONS, () -> store.find(nobody));
        CompletionStage<?> ignored = broke.thenCombine(stored, Checkup::of).thenAccept(health -> {
            underWay.set(null);
            mine.complete(health);
        });
        return mine.copy();
    }

    /** One that does not is not ready, whatever its backends say. */
    static Health ofOther(boolean live, String text) {
        return new Health(live, false, List.of(new Component("server", false, text)));
    }

    private static Health of(Component broker, Component sessions) {
        Component server = new Component("server", true, "takes connections");
        return new Health(true, broker.up() && sessions.up(), List.of(server, broker, sessions));
    }

    private CompletableFuture<Component> ask(Backend backend, Supplier<? extends CompletionStage<?>> question) {
        long since = runtime.nanoTime();
        CompletableFuture<?> answer;
        try {
            answer = question.get().toCompletableFuture();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return steps.of(backend)
                .inTime(answer)
                .handle((done, failure) -> failure == null
                        ? new Component(backend.label(), true, "answered in " + millisSince(since) + " ms")
                        : new Component(backend.label(), false, reason(Steps.cause(failure))));
    }

    private long millisSince(long since) {
        return Duration.ofNanos(runtime.nanoTime() - since).toMillis();
    }

    /** Not the message, unless it is meant to be shown: others may have the address and the user of a database in them. */
    private String reason(Throwable failure) {
        if (failure instanceof NotReadyException notReady) {
            return "is not ready: " + notReady.getMessage();
        }
        return failure instanceof TimeoutException
                ? "did not answer within " + patience.toMillis() + " ms"
                : "failed with " + failure.getClass().getSimpleName();
    }
}
