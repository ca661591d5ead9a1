package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Watermarks;
import io.embedim.model.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@link Watermarks} in Redis, the same for all nodes.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#watermarks()}. <b>Threads.</b> Any; nothing blocks its caller. <b>Ordering.</b> Each change is one step in Redis. <b>Limits.</b> None; the marks of a user in a
 * conversation are 220 to 290 bytes, and stay. <b>Failure.</b> A stage that fails says whether nothing was changed, or whether that is unknown.
 */
public final class RedisWatermarks implements Watermarks {

    private static final int RECV = 3;
    private static final int MARKS = 6;

    private final Link link;
    private final RedisKeys keys;

    RedisWatermarks(Link link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    @Override
    public CompletionStage<Marks> find(UserId user, ConversationId conversation) {
        return run("find", user.value(), conversation).thenApply(RedisWatermarks::one);
    }

    @Override
    public CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position) {
        return run(
                        "advance",
                        user.value(),
                        conversation,
                        RedisKeys.bytes(kind.name()),
                        RedisKeys.bytes(position.epoch()),
                        RedisKeys.bytes(Long.toString(position.seq())),
                        RedisKeys.bytes(position.mid()))
                .thenApply(RedisWatermarks::one);
    }

    @Override
    public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more");
        }
        return run("all", Integer.toString(limit), conversation).thenApply(answer -> {
            Map<UserId, Marks> found = new HashMap<>();
            for (int at = 0; at < answer.size(); at += 1 + MARKS) {
                found.put(new UserId(LogReads.text(answer.get(at))), marks(answer, at + 1));
            }
            return Map.copyOf(found);
        });
    }

    @Override
    public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
        return run("forget", user.value(), conversation).thenApply(forgotten -> null);
    }

    private CompletionStage<List<Object>> run(String what, String of, ConversationId conversation, byte[]... position) {
        byte[][] values = new byte[2 + position.length][];
        values[0] = RedisKeys.bytes(what);
        values[1] = RedisKeys.bytes(of);
        System.arraycopy(position, 0, values, 2, position.length);
        return link.eval(
                "marks: " + what + " of " + of + " in " + conversation,
                Script.MARKS,
                new byte[][] {keys.marks(conversation)},
                values);
    }

    private static Marks one(List<Object> answer) {
        return answer.isEmpty() ? Marks.NONE : marks(answer, 0);
    }

    private static Marks marks(List<Object> answer, int at) {
        return new Marks(position(answer, at), position(answer, at + RECV));
    }

    private static Position position(List<Object> answer, int at) {
        return new Position(
                LogReads.text(answer.get(at)),
                Long.parseLong(LogReads.text(answer.get(at + 1))),
                LogReads.text(answer.get(at + 2)));
    }
}
