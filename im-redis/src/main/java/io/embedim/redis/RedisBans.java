package io.embedim.redis;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@link Bans} in Redis, the same for all nodes.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#bans()}. <b>Threads.</b> Any; nothing blocks its caller. <b>Ordering.</b> Each change is one step in Redis. <b>Limits.</b> Bans that have ended are
 * forgotten as others are saved. <b>Failure.</b> A stage that fails says whether nothing was changed, or whether that is unknown.
 */
public final class RedisBans implements Bans {

    private static final String NOTHING = "";
    /** An end that a sorted set can keep exactly. */
    private static final Instant FAR = Instant.ofEpochMilli(1L << 52);

    private final Link link;
    private final byte[][] keys;

    RedisBans(Link link, RedisKeys keys) {
        this.link = link;
        this.keys = new byte[][] {keys.bans()};
    }

    @Override
    public CompletionStage<Optional<Ban>> find(UserId user) {
        return run("find", user.value(), NOTHING)
                .thenApply(answer -> answer.stream().findFirst().map(RedisBans::read));
    }

    @Override
    public CompletionStage<Void> save(Ban ban) {
        Instant end = ban.until().isAfter(FAR) ? FAR : ban.until();
        byte[] bytes = new ByteWriter()
                .text(ban.user().value())
                .time(ban.until())
                .text(ban.reason())
                .bytes();
        return link.eval(
                        "ban: save of " + ban.user(),
                        Script.BANS,
                        keys,
                        RedisKeys.bytes("save"),
                        RedisKeys.bytes(ban.user().value()),
                        RedisKeys.bytes(Long.toString(end.toEpochMilli())),
                        bytes)
                .thenApply(saved -> null);
    }

    @Override
    public CompletionStage<Boolean> remove(UserId user) {
        return run("remove", user.value(), NOTHING).thenApply(answer -> !answer.isEmpty());
    }

    @Override
    public CompletionStage<Page<Ban>> all(PageRequest page) {
        String after = page.after();
        return run("list", after == null ? NOTHING : after, Integer.toString(page.limit()))
                .thenApply(answer -> Pages.of(answer, RedisBans::read));
    }

    private CompletionStage<List<Object>> run(String what, String name, String number) {
        return link.eval(
                "ban: " + what,
                Script.BANS,
                keys,
                RedisKeys.bytes(what),
                RedisKeys.bytes(name),
                RedisKeys.bytes(number),
                RedisKeys.bytes(NOTHING));
    }

    private static Ban read(Object value) {
        ByteReader in = new ByteReader((byte[]) value, 0);
        UserId user = new UserId(in.text());
        Instant until = in.time();
        return new Ban(user, until == null ? Instant.EPOCH : until, in.text());
    }
}
