package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embedim.ImServer;
import io.embedim.ServerMessage;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.testkit.ManualRuntime;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a send to ten thousand costs, beside a group message to as many. Counted on one thread, without the writing. */
class SendCostTest {

    private static final Logger LOG = LoggerFactory.getLogger(SendCostTest.class);
    private static final int MANY = 10_000;
    private static final int ROUNDS = 40;

    /** So many times a send to all may take that leaves out nearly all: more than a set costs, less than a search in a list of ten thousand for each. */
    private static final int QUADRATIC = 8;

    private static final ServerMessage MESSAGE = ServerMessage.text("x".repeat(200));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final List<Inbound> clients = new ArrayList<>();

    /** What one call cost. */
    private record Cost(long bytes, long nanos) {}

    @Test
    void sendAllocatesAboutWhatAGroupMessageDoesAndNothingIsQuadratic() {
        for (int i = 0; i < MANY; i++) {
            Inbound client = server.open(new Sink(), Handshake.at("/im").build());
            client.received(Clients.frame("join", 2, 100, "u" + i, "\"content\":\"c\""), true);
            clients.add(client);
        }
        runtime.runAll();
        List<ConnectionId> most =
                clients.stream().limit(MANY - 1).map(Inbound::id).toList();
        String said = Clients.frame("speak", 2, 100, "u0", "\"content\":\"" + "x".repeat(100) + "\"");
        Target group = Target.group(GroupId.of("100"));

        Cost speak = cost(() -> clients.get(0).received(said, true));
        Cost toGroup = cost(() -> server.send(group, MESSAGE));
        Cost toAll = cost(() -> server.send(Target.all(), MESSAGE));
        Target others = Target.all().except(Target.connections(most));
        Cost toOthers = cost(() -> server.send(others, MESSAGE));
        Target twice = group.and(Target.connections(most));
        Cost toUnion = cost(() -> server.send(twice, MESSAGE));

        LOG.info("a message to {} members: {}", MANY, speak);
        LOG.info("send to the group: {}; to all: {}", toGroup, toAll);
        LOG.info("send to all but {}: {}; to the group and {} of it: {}", MANY - 1, toOthers, MANY - 1, toUnion);
        long slack = 20_000;
        assertThat(toGroup.bytes()).as("bytes for a group").isLessThan(speak.bytes() + slack);
        assertThat(toAll.bytes()).as("bytes for all: a list").isLessThan(speak.bytes() + 8 * MANY + slack);
        assertThat(toOthers.bytes())
                .as("bytes with exceptions: a list and a set")
                .isLessThan(speak.bytes() + 60 * MANY);
        assertThat(toOthers.nanos()).as("ns with exceptions").isLessThan(QUADRATIC * toAll.nanos());
    }

    /** The least of some calls, each with empty outboxes, so what else the machine does adds nothing. */
    private Cost cost(Runnable call) {
        long[] bytes = new long[ROUNDS];
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            call.run();
            nanos[round] = THREADS.getCurrentThreadCpuTime() - start;
            bytes[round] = THREADS.getCurrentThreadAllocatedBytes() - before;
            runtime.runAll();
        }
        Arrays.sort(bytes);
        Arrays.sort(nanos);
        return new Cost(bytes[0], nanos[0]);
    }

    /** Takes everything at once. */
    private static final class Sink implements Connection {

        @Override
        public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
            callback.completed(null);
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
