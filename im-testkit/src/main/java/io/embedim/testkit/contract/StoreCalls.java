package io.embedim.testkit.contract;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store under test, with calls that wait and texts for ids. */
final class StoreCalls {

    private static final NodeId NODE = new NodeId("node-1");
    private static final Instant OPENED = Instant.parse("2026-01-02T03:04:05Z");

    private final SessionStore store;

    StoreCalls(SessionStore store) {
        this.store = store;
    }

    static Session session(String id, @Nullable String user, String... groups) {
        return new Session(
                new ConnectionId(id),
                NODE,
                user == null ? null : new UserId(user),
                Arrays.stream(groups).map(GroupId::new).collect(Collectors.toSet()),
                Map.of(),
                OPENED);
    }

    void put(Session session, long version) {
        Stages.call("put of " + session + " with version " + version, () -> store.put(session, version));
    }

    void remove(String id, long version) {
        Stages.call("remove of " + id, () -> store.remove(new ConnectionId(id), version));
    }

    Optional<Session> find(String id) {
        return Stages.call("find of " + id, () -> store.find(new ConnectionId(id)));
    }

    List<String> ofUser(String user) {
        return ids(100, page -> store.ofUser(new UserId(user), page));
    }

    List<String> inGroup(String group) {
        return ids(100, page -> store.inGroup(new GroupId(group), page));
    }

    List<String> all() {
        return ids(100, store::all);
    }

    long countInGroup(String group) {
        return Stages.call("countInGroup of " + group, () -> store.countInGroup(new GroupId(group)));
    }

    SessionCounts counts() {
        return Stages.call("counts", store::counts);
    }

    static List<String> ids(int limit, Function<PageRequest, CompletionStage<Page<Session>>> listing) {
        return ids(limit, "S6", "sessions", session -> session.id().value(), listing);
    }

    List<String> users(int limit) {
        return ids(limit, "S8", "users", UserId::value, store::users);
    }

    List<String> groups(int limit) {
        return ids(limit, "S8", "groups", GroupId::value, store::groups);
    }

    /** Reads a listing to its end, which must come. */
    private static <T> List<String> ids(
            int limit,
            String rule,
            String what,
            Function<T, String> id,
            Function<PageRequest, CompletionStage<Page<T>>> listing) {
        List<String> ids = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        for (int pages = 0; pages < Stages.MAX_PAGES; pages++) {
            PageRequest now = request;
            Page<T> page = Stages.call("listing, page after " + ids.size() + " " + what, () -> listing.apply(now));
            if (page.items().size() > limit) {
                throw new AssertionError(
                        rule + ": a page has " + page.items().size() + " " + what + "; expected at most " + limit);
            }
            page.items().forEach(item -> ids.add(id.apply(item)));
            String next = page.next();
            if (next == null) {
                return ids;
            }
            request = now.after(next);
        }
        throw new AssertionError(rule + ": the listing does not end");
    }
}
