package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Receipt;
import io.embedim.runtime.ImRuntime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A log in memory with a replica that lags. Where that is promoted, the newest entries are gone with all that they did, ids of actions too; the others stand as they stood, under the same epoch and mids; and the
 * places of those that are gone are given once more.
 *
 * <p>The replica is a broker of its own, to which what it has is appended anew. Processes live through that: each is moved to it.
 */
final class LaggingLog {

    private final ImRuntime runtime;
    private final LogLimits limits;
    /** Every entry that was ever appended and not lost, trimmed ones too, oldest first. */
    private final List<Known> journal = new ArrayList<>();

    private final Set<LaggingNode> nodes = new LinkedHashSet<>();
    private Store store;

    private record Known(Draft draft, Receipt receipt) {}

    /** One broker, and what others call what is in it. */
    record Store(InMemoryBroker broker, ReplicaNames names) {}

    LaggingLog(ImRuntime runtime, LogLimits limits) {
        this.runtime = runtime;
        this.limits = limits;
        this.store = newStore();
    }

    private Store newStore() {
        return new Store(new InMemoryBroker(runtime, limits), new ReplicaNames());
    }

    LogBroker node(ImRuntime process) {
        LaggingNode node = new LaggingNode(this, process);
        nodes.add(node);
        return node;
    }

    Store store() {
        return store;
    }

    void appended(Draft draft, Outcome outcome) {
        if (outcome instanceof Receipt receipt && !receipt.duplicate()) {
            journal.add(new Known(draft, receipt));
        }
    }

    void left(LaggingNode node) {
        nodes.remove(node);
    }

    /** In which conversations something stands. */
    Set<ConversationId> conversations() {
        Set<ConversationId> all = new LinkedHashSet<>();
        journal.forEach(known -> all.add(known.draft.conversation()));
        return all;
    }

    /** A replica is promoted that lacks so many entries at the most; it has every entry of a membership, since the tables of members have it. */
    List<LostEntry> promote(int lag) {
        List<Known> all = new ArrayList<>(journal);
        int kept = all.size();
        while (kept > 0 && all.size() - kept < lag && !isOfMembership(all.get(kept - 1))) {
            kept--;
        }
        if (kept == all.size()) {
            return List.of();
        }
        Store before = store;
        store = newStore();
        journal.clear();
        all.subList(0, kept).forEach(this::replicate);
        nodes.forEach(LaggingNode::move);
        before.broker.close();
        return all.subList(kept, all.size()).stream()
                .map(known -> new LostEntry(known.draft, known.receipt.position()))
                .toList();
    }

    private static boolean isOfMembership(Known known) {
        Action action = known.draft.action();
        return action instanceof Action.AddMember || action instanceof Action.RemoveMember;
    }

    private void replicate(Known known) {
        Outcome outcome = store.broker
                .append(store.names.in(known.draft))
                .toCompletableFuture()
                .join();
        if (!(outcome instanceof Receipt receipt)
                || receipt.position().seq() != known.receipt.position().seq()) {
            throw new IllegalStateException("a replica answers " + outcome + " where " + known + " was");
        }
        store.names.learn(receipt.position(), known.receipt);
        journal.add(known);
    }

    void close() {
        store.broker.close();
    }
}
