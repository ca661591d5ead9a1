package io.embedim.conversation;

import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The default {@link Watermarks}: one node, in memory, empty after a restart.
 *
 * <p><b>Threads.</b> Safe for use by any thread. One lock guards everything; it is held for about a microsecond. Stages are complete when they are returned.
 *
 * <p><b>Limits.</b> Marks of {@value #MAX_MARKS} users in conversations, about 300 bytes each. An advance that would add one more fails with {@link ImException} and changes nothing; marks that are there can
 * still be raised.
 */
public final class InMemoryWatermarks implements Watermarks {

    /** How many users may have marks, counted in each conversation. */
    public static final int MAX_MARKS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ConversationId, Map<UserId, Marks>> marks = new HashMap<>();
    private final int most;
    private int size;

    /** Nothing stands yet. */
    public InMemoryWatermarks() {
        this(MAX_MARKS);
    }

    /** With another limit, for tests. */
    InMemoryWatermarks(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<Marks> find(UserId user, ConversationId conversation) {
        return locked(() -> stored(user, conversation));
    }

    @Override
    public CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position) {
        return locked(() -> {
            Marks before = stored(user, conversation);
            Marks after = before.advanced(kind, position);
            if (!after.equals(before)) {
                put(user, conversation, after);
            }
            return after;
        });
    }

    @Override
    public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more");
        }
        return locked(() -> marks.getOrDefault(conversation, Map.of()).entrySet().stream()
                .limit(limit)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
        lock.lock();
        try {
            marks.computeIfPresent(conversation, (same, users) -> {
                size -= users.remove(user) == null ? 0 : 1;
                return users.isEmpty() ? null : users;
            });
            return CompletableFuture.completedFuture(null);
        } finally {
            lock.unlock();
        }
    }

    private Marks stored(UserId user, ConversationId conversation) {
        return marks.getOrDefault(conversation, Map.of()).getOrDefault(user, Marks.NONE);
    }

    private void put(UserId user, ConversationId conversation, Marks after) {
        Map<UserId, Marks> users = marks.get(conversation);
        if (users == null || !users.containsKey(user)) {
            if (size >= most) {
                throw new ImException("there are " + size + " users with marks; expected at most " + most
                        + " in memory; nothing was advanced");
            }
            size++;
        }
        marks.computeIfAbsent(conversation, same -> new HashMap<>()).put(user, after);
    }

    private <T> CompletionStage<T> locked(Supplier<T> step) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(step.get());
        } catch (ImException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            lock.unlock();
        }
    }
}
