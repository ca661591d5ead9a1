package io.embedim.redis;

import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.model.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts in Redis what a user has not read yet (H12); nothing of it travels. */
final class UnreadReads {

    private static final int GOES_ON = 4;

    private final Link link;
    private final RedisKeys keys;
    /** How many entries one script looks at, so that a long count holds up nobody. */
    private final int most;

    UnreadReads(Link link, RedisKeys keys, int most) {
        this.link = link;
        this.keys = keys;
        this.most = most;
    }

    CompletionStage<Integer> count(Reading behind, UserId user) {
        if (behind.from() instanceof Reading.After after) {
            return count(behind, user, after.position(), behind.limit());
        }
        throw new IllegalArgumentException("unread begins at " + behind.from() + "; expected a position");
    }

    private CompletionStage<Integer> count(Reading behind, UserId user, Position after, int cap) {
        UserId member = behind.member();
        return link.eval(
                        "count in " + behind.conversation(),
                        Script.UNREAD,
                        keys.log(behind.conversation()).all(),
                        RedisKeys.bytes(after.epoch()),
                        RedisKeys.bytes(Long.toString(after.seq())),
                        RedisKeys.bytes(after.mid()),
                        RedisKeys.bytes(Integer.toString(cap)),
                        RedisKeys.bytes(user.value()),
                        RedisKeys.bytes(member == null ? "" : member.value()),
                        RedisKeys.bytes(Integer.toString(most)))
                .thenCompose(answer -> {
                    int count = Integer.parseInt(LogReads.text(answer.get(0)));
                    if (answer.size() < GOES_ON) {
                        return CompletableFuture.completedFuture(count);
                    }
                    Position next = new Position(
                            LogReads.text(answer.get(1)),
                            Long.parseLong(LogReads.text(answer.get(2))),
                            LogReads.text(answer.get(3)));
                    return count(behind, user, next, cap - count).thenApply(rest -> count + rest);
                });
    }
}
