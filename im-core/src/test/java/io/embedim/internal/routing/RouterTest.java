package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.embedim.cluster.NodeId;
import io.embedim.connection.Backlog;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Topic;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Texts;
import io.embedim.runtime.ThreadRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the lanes are told of what a message puts into many outboxes. */
class RouterTest {

    private static final GroupId GROUP = GroupId.of("100");
    private static final int ENOUGH = 10_000;

    private final AtomicInteger woken = new AtomicInteger();
    private final Lane lane = new Lane(
            task -> {
                woken.incrementAndGet();
                task.run();
            },
            () -> 0);
    private final LocalIndex index = new LocalIndex();
    private final Counters counters = new Counters();
    private final ThreadRuntime runtime = ThreadRuntime.start();
    private final Router router =
            new Router(index, List.of(lane), 50, new Outbounds(List.of(), counters), runtime, counters);
    private final List<FakeConnection> connections = new ArrayList<>();

    @AfterEach
    void close() {
        runtime.close();
    }

    private void member(int room) {
        FakeConnection connection = new FakeConnection();
        connections.add(connection);
        Peer peer = new Peer(
                new ConnectionId("c" + connections.size()),
                Instant.EPOCH,
                new Replies(Texts.load(Locale.ENGLISH, Map.of()), new RejectionCounters()),
                new Mailbox(Runnable::run),
                owner -> new Outbox(connection, lane, RecordingOwner.closing(room), owner),
                new Peer.Life() {
                    @Override
                    public NodeId node() {
                        return new NodeId("n");
                    }

                    @Override
                    public void closing(Peer closing) {}

                    @Override
                    public void ended(Peer ended) {}

                    @Override
                    public void behind(Peer slow, Backlog backlog, boolean begins, boolean ends) {
                        throw new IllegalStateException("broken");
                    }
                });
        index.addToGroup(GROUP, peer);
    }

    private void say() {
        Draft draft = new Draft(ConversationId.of(GROUP), null, UserId.of("anne"), "anne", false, null, "hello", "{}");
        router.onEvent(Topic.of(GROUP), new Message(draft, new Position("e", 1, "m"), "", Instant.EPOCH));
    }

    @Test
    void lanesAreWokenForEvery256AndAtTheEnd() {
        for (int i = 0; i < 600; i++) {
            member(ENOUGH);
        }

        say();

        assertThat(woken).hasValue(3);
        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.received()).hasSize(1));
    }

    @Test
    void whoWasPutInBeforeAFaultIsWrittenTo() {
        member(ENOUGH);
        member(1);
        say();
        connections.get(0).complete();

        assertThatIllegalStateException().isThrownBy(this::say);

        assertThat(connections.get(0).received()).hasSize(2);
    }
}
