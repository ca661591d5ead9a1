package io.embedim.internal.routing;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Join, leave and look-up of one group behave as if they came one after the other, in every interleaving that the stress finds. */
@Param(name = "peer", gen = IntGen.class, conf = "0:2")
@Tag("slow")
public class LocalIndexLincheckTest {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final GroupId GROUP = GroupId.of("100");

    private final LocalIndex index = new LocalIndex();
    private final List<List<PeerSet.Entry<GroupId>>> entries =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<Peer> peers =
            NAMES.stream().map(ConnectionId::new).map(Peers::peer).toList();

    @Operation
    public void join(@Param(name = "peer") int peer) {
        List<PeerSet.Entry<GroupId>> own = entries.get(peer);
        synchronized (own) { // As a mailbox does: the changes of one connection come one at a time.
            if (own.isEmpty()) {
                own.add(index.addToGroup(GROUP, peers.get(peer)));
            }
        }
    }

    @Operation
    public void leave(@Param(name = "peer") int peer) {
        List<PeerSet.Entry<GroupId>> own = entries.get(peer);
        synchronized (own) {
            if (!own.isEmpty()) {
                index.removeFromGroup(own.remove(0));
            }
        }
    }

    @Operation
    public List<String> members() {
        return Stream.of(index.inGroup(GROUP))
                .map(peer -> peer.id().value())
                .sorted()
                .toList();
    }

    @Test
    void isLinearizable() {
        // Two threads: on a machine with two busy cores a third only spins.
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(Model.class)
                .check(getClass());
    }

    /** What the index has to look like to one thread: a set. */
    public static class Model {

        private final SortedSet<String> members = new TreeSet<>();

        public void join(int peer) {
            members.add(NAMES.get(peer));
        }

        public void leave(int peer) {
            members.remove(NAMES.get(peer));
        }

        public List<String> members() {
            return List.copyOf(members);
        }
    }
}
