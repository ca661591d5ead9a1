package io.embedim.session;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do at once, there is an order of the calls, one after the other, that explains all answers. */
@Param(name = "id", gen = IntGen.class, conf = "1:2")
@Param(name = "number", gen = IntGen.class, conf = "1:3")
@Tag("slow")
public class InMemorySessionStoreLinearizabilityTest {

    private final InMemorySessionStore store = new InMemorySessionStore(Clock.systemUTC());

    @Test
    void callsAreAtomic() {
        new StressOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(200)
                .check(InMemorySessionStoreLinearizabilityTest.class);
    }

    @Operation
    public void put(
            @Param(name = "id") int id, @Param(name = "number") int userAndGroup, @Param(name = "number") int version) {
        Session session = new Session(
                id(id), new NodeId("n"), user(userAndGroup), Set.of(group(userAndGroup)), Map.of(), Instant.EPOCH);
        now(store.put(session, version));
    }

    @Operation
    public void remove(@Param(name = "id") int id) {
        now(store.remove(id(id), 9));
    }

    @Operation
    public String find(@Param(name = "id") int id) {
        return now(store.find(id(id))).toString();
    }

    @Operation
    public Set<String> ofUser(@Param(name = "number") int user) {
        return ids(store.ofUser(user(user), PageRequest.first(10)));
    }

    @Operation
    public Set<String> inGroup(@Param(name = "number") int group) {
        return ids(store.inGroup(group(group), PageRequest.first(10)));
    }

    @Operation
    public List<Long> counts() {
        SessionCounts counts = now(store.counts());
        return List.of(counts.sessions(), counts.users(), counts.groups());
    }

    @Operation
    public long countInGroup(@Param(name = "number") int group) {
        return now(store.countInGroup(group(group)));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Set<String> ids(CompletionStage<Page<Session>> page) {
        return now(page).items().stream().map(session -> session.id().value()).collect(Collectors.toSet());
    }

    private static ConnectionId id(int number) {
        return new ConnectionId("c" + number);
    }

    private static UserId user(int number) {
        return new UserId("u" + number);
    }

    private static GroupId group(int number) {
        return new GroupId("g" + number);
    }
}
