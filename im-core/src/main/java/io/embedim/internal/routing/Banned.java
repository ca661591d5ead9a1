package io.embedim.internal.routing;

import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells who may not come in.
 *
 * <p>Whoever comes is looked up when the local index has him already: a ban is saved first, and then closes what the indexes have. So one of both sees the other, however close they are.
 */
final class Banned {

    private final Bans bans;
    private final ImRuntime runtime;
    private final Steps steps;

    Banned(EngineConfig config, Steps steps) {
        this.bans = config.bans();
        this.runtime = config.runtime();
        this.steps = steps.of(Backend.BANS);
    }

    /** Goes on one way or the other; hears of no answer. */
    @Nullable
    CompletionStage<?> unless(
            UserId user, Supplier<@Nullable CompletionStage<?>> free, Runnable banned, Consumer<Throwable> failed) {
        return steps.then(
                () -> bans.find(user),
                found -> {
                    if (isInForce(found)) {
                        banned.run();
                        return null;
                    }
                    return free.get();
                },
                failed);
    }

    /** Whether a user is banned now; fails where that is not known in time. */
    CompletionStage<Boolean> isBanned(UserId user) {
        return steps.inTime(bans.find(user).toCompletableFuture()).thenApply(this::isInForce);
    }

    /** Completes when the ban is kept. */
    CompletionStage<Void> save(UserId user, Duration time, String reason) {
        Ban ban = new Ban(user, end(time), reason);
        return steps.inTime(bans.save(ban).toCompletableFuture()).exceptionally(failure -> {
            throw new ImException("unknown: nobody was closed, because nobody kept the ban of " + user, failure);
        });
    }

    private boolean isInForce(Optional<Ban> found) {
        return found.isPresent() && found.get().isInForce(runtime.now());
    }

    private Instant end(Duration time) {
        try {
            return runtime.now().plus(time);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }
}
