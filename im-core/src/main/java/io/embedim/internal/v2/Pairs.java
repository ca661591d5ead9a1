package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Reading;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that both users of a pair find their conversation in their directories before anything is said there (protocol D1), and that nobody begins too many (V4). Knows some pairs
 * that have been seen to, so that nearly every message asks nobody. Safe for use by any thread.
 */
public final class Pairs {

    /** About 100 bytes each. */
    private static final int MOST_KNOWN = 65_536;

    private final Host host;
    private final Directory directory;
    private final LogBroker broker;
    private final boolean limited;
    private final Set<ConversationId.Pair> known = ConcurrentHashMap.newKeySet();

    Pairs(Host host, V2Config config) {
        this.host = host;
        this.directory = config.directory();
        this.broker = config.broker();
        this.limited = !config.limits().newPairsPerUser().isUnlimited();
    }

    /**
     * Goes on when both have it.
     *
     * @param user the proven user who speaks, or null for who may begin as many as there are: the application, and users who are only claimed
     * @param tooMany hears how long that user has to wait before it begins another one; nothing was made then
     */
    @Nullable
    public CompletionStage<?> open(
            ConversationId conversation,
            @Nullable UserId user,
            Supplier<@Nullable CompletionStage<?>> next,
            Consumer<Duration> tooMany,
            Consumer<Throwable> failed) {
        if (!(conversation instanceof ConversationId.Pair pair) || known.contains(pair)) {
            return next.get();
        } else if (user == null || !limited) {
            return list(pair, next, failed);
        }
        return host.ask(
                Backend.BROKER,
                () -> broker.read(Reading.last(pair, 1)),
                slice -> {
                    Duration wait = slice.top().seq() > 0 ? Duration.ZERO : host.beginPair(user);
                    if (wait.isZero()) {
                        return list(pair, next, failed);
                    }
                    tooMany.accept(wait);
                    return null;
                },
                failed);
    }

    private @Nullable CompletionStage<?> list(
            ConversationId.Pair pair, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        return host.ask(
                Backend.BROKER,
                () -> directory.put(pair.first(), pair, true),
                first -> host.ask(
                        Backend.BROKER,
                        () -> directory.put(pair.second(), pair, true),
                        second -> {
                            remember(pair);
                            return next.get();
                        },
                        failed),
                failed);
    }

    private void remember(ConversationId.Pair pair) {
        if (known.size() >= MOST_KNOWN) {
            known.clear(); // Those in use are asked for once more.
        }
        known.add(pair);
    }
}
