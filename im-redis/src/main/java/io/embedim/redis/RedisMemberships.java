package io.embedim.redis;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@link Memberships} in Redis, the same for all nodes.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#memberships()}. <b>Threads.</b> Any; nothing blocks its caller. <b>Ordering.</b> Each change is one step in Redis. <b>Failure.</b> A stage that fails says
 * whether nothing was changed, or whether that is unknown.
 */
public final class RedisMemberships implements Memberships {

    private static final byte[] NOTHING = {};

    private final Link link;
    private final byte[][] keys;

    RedisMemberships(Link link, RedisKeys keys) {
        this.link = link;
        this.keys = new byte[][] {keys.memberships()};
    }

    @Override
    public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
        return run("find", group.value(), user.value(), NOTHING, NOTHING)
                .thenApply(answer -> answer.stream().findFirst().map(RedisMemberships::read));
    }

    @Override
    public CompletionStage<Optional<Membership>> save(Membership membership) {
        return run(
                        "save",
                        membership.group().value(),
                        membership.user().value(),
                        number(membership.version()),
                        write(membership))
                .thenApply(answer -> answer.stream()
                        .findFirst()
                        .map(version -> membership.withVersion(Long.parseLong(LogReads.text(version)))));
    }

    @Override
    public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
        return run("remove", group.value(), user.value(), number(version), NOTHING)
                .thenApply(answer -> !answer.isEmpty());
    }

    @Override
    public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
        return run("group", group.value(), "", Pages.limit(page), Pages.after(page))
                .thenApply(answer -> Pages.of(answer, RedisMemberships::read));
    }

    @Override
    public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
        return run("user", "", user.value(), Pages.limit(page), Pages.after(page))
                .thenApply(answer -> Pages.of(answer, RedisMemberships::read));
    }

    private CompletionStage<List<Object>> run(String what, String group, String user, byte[] number, byte[] last) {
        return link.eval(
                "membership: " + what + " of " + user + " in " + group,
                Script.MEMBERSHIPS,
                keys,
                RedisKeys.bytes(what),
                RedisKeys.bytes(group),
                RedisKeys.bytes(user),
                number,
                last);
    }

    private static byte[] number(long value) {
        return RedisKeys.bytes(Long.toString(value));
    }

    private static byte[] write(Membership membership) {
        return new ByteWriter()
                .text(membership.user().value())
                .text(membership.group().value())
                .text(membership.role().name())
                .time(membership.mutedUntil())
                .time(membership.bannedUntil())
                .flag(membership.durable())
                .bytes();
    }

    private static Membership read(Object value) {
        ByteReader in = new ByteReader((byte[]) value, 0);
        long version = Long.parseLong(in.word());
        return new Membership(
                new UserId(in.text()),
                new GroupId(in.text()),
                Membership.Role.valueOf(in.text()),
                in.time(),
                in.time(),
                in.flag(),
                version);
    }
}
