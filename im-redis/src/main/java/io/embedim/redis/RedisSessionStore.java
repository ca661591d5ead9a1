package io.embedim.redis;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SharedSessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SharedSessionStore} in Redis: who is here, on whatever node.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#sessions()}. <b>Threads.</b> Any; nothing blocks its caller. Stages complete on the runtime's executor.
 *
 * <p><b>Ordering.</b> Each change is one step in Redis. <b>Presence.</b> Nothing is written while a connection just stays: it is online as long as its node's lease lives. Listings of sessions leave out
 * those of dead nodes at once; counts, users and groups know them until the node has been cleaned up after.
 *
 * <p><b>Failure.</b> A stage that fails says whether nothing was changed, or whether that is unknown.
 */
public final class RedisSessionStore implements SharedSessionStore {

    private static final byte[] NOTHING = {};
    private static final byte[] LIVE = RedisKeys.bytes("live");
    private static final byte[] ALL = RedisKeys.bytes("all");
    private static final byte[] NAMES = RedisKeys.bytes("names");
    /** How long a removal is known (S4), ms. */
    private static final byte[] TEN_MINUTES = RedisKeys.bytes("600000");

    private final Link link;
    private final byte[][] keys;
    private final String prefix;

    private final Runnable doubt;

    /** The doubt is told where a change has failed, so that the store may be wrong about a session of this node. */
    RedisSessionStore(Link link, RedisKeys keys, Runnable doubt) {
        this.link = link;
        this.doubt = doubt;
        this.keys = new byte[][] {keys.sessions()};
        this.prefix = LogReads.text(keys.sessions());
    }

    @Override
    public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
        if (version < 1) {
            return CompletableFuture.failedFuture(
                    new ImException("version " + version + " of session " + session.id() + "; expected 1 or more"));
        }
        UserId user = session.user();
        List<byte[]> values = new ArrayList<>(List.of(
                RedisKeys.bytes(session.id().value()),
                RedisKeys.bytes(Long.toString(version)),
                RedisKeys.bytes(session.node().value()),
                user == null ? NOTHING : RedisKeys.bytes(user.value()),
                SessionFormat.write(session, sender)));
        session.groups().forEach(group -> values.add(RedisKeys.bytes(group.value())));
        return told(link.eval("put of " + session, Script.SESSION_PUT, keys, values.toArray(new byte[0][])));
    }

    @Override
    public CompletionStage<Void> remove(ConnectionId id, long version) {
        return told(link.eval(
                "remove of session " + id,
                Script.SESSION_REMOVE,
                keys,
                RedisKeys.bytes(id.value()),
                NOTHING,
                TEN_MINUTES));
    }

    private CompletionStage<Void> told(CompletionStage<?> change) {
        return change.whenComplete((done, failure) -> {
                    if (failure != null) {
                        doubt.run();
                    }
                })
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
        return link.eval(
                        "reap of session " + id,
                        Script.SESSION_REMOVE,
                        keys,
                        RedisKeys.bytes(id.value()),
                        RedisKeys.bytes(node.value()),
                        NOTHING)
                .thenApply(answer ->
                        answer.size() < 2 ? Optional.empty() : Optional.of(SessionFormat.read(answer.get(1))));
    }

    @Override
    public CompletionStage<Optional<Session>> find(ConnectionId id) {
        return link.eval("find of session " + id, Script.SESSION_FIND, keys, RedisKeys.bytes(id.value()))
                .thenApply(answer -> answer.stream().findFirst().map(SessionFormat::session));
    }

    @Override
    public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
        return sessions("u:" + user.value(), page, LIVE);
    }

    @Override
    public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
        return sessions("g:" + group.value(), page, LIVE);
    }

    @Override
    public CompletionStage<Page<Session>> all(PageRequest page) {
        return sessions("all", page, LIVE);
    }

    @Override
    public CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page) {
        return sessions("n:" + node.value(), page, ALL);
    }

    @Override
    public CompletionStage<Page<UserId>> users(PageRequest page) {
        return list("users", page, NAMES, name -> new UserId(LogReads.text(name)));
    }

    @Override
    public CompletionStage<Page<GroupId>> groups(PageRequest page) {
        return list("groups", page, NAMES, name -> new GroupId(LogReads.text(name)));
    }

    @Override
    public CompletionStage<Long> countInGroup(GroupId group) {
        return count("g:" + group.value());
    }

    @Override
    public CompletionStage<SessionCounts> counts() {
        return count("all")
                .thenCombine(count("users"), (sessions, users) -> new SessionCounts(sessions, users, 0))
                .thenCombine(
                        count("groups"),
                        (counts, groups) -> new SessionCounts(counts.sessions(), counts.users(), groups));
    }

    private CompletionStage<Page<Session>> sessions(String which, PageRequest page, byte[] mode) {
        return list(which, page, mode, SessionFormat::session);
    }

    private <T> CompletionStage<Page<T>> list(String which, PageRequest page, byte[] mode, Function<Object, T> item) {
        return link.eval(
                        "listing of sessions",
                        Script.SESSION_LIST,
                        keys,
                        RedisKeys.bytes(which),
                        Pages.after(page),
                        Pages.limit(page),
                        mode)
                .thenApply(answer -> Pages.of(answer, item));
    }

    private CompletionStage<Long> count(String which) {
        return link.call("count of sessions", commands -> commands.zcard(RedisKeys.bytes(prefix + which)));
    }
}
