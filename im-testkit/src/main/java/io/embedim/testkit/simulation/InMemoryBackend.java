package io.embedim.testkit.simulation;

import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.InMemoryMemberships;
import io.embedim.testkit.InMemoryCluster;
import java.time.Duration;
import java.util.List;

/** The defaults of im-core as something that outlives a process; two nodes may run on it at a time. In a third of the runs the log keeps eight entries of each conversation, so that what is old is trimmed. */
public class InMemoryBackend implements SimulatedBackend {

    private static final int FEW = 8;
    private static final int MANY = 1_000;

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final ImRuntime runtime;
    private final LogLimits limits;
    private LaggingLog log;
    private final InMemoryDirectory directory;
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final SimulatedSessions sessions = new SimulatedSessions();
    private final InMemoryCluster cluster;
    private int processes;

    /**
     * An empty backend.
     *
     * @param runtime time and chance
     */
    public InMemoryBackend(ImRuntime runtime) {
        int entries = runtime.random().nextInt(3) == 0 ? FEW : MANY;
        limits = new LogLimits(
                new Retention(entries, Duration.ofDays(30), 1 << 20), 1 << 24, Duration.ofMinutes(10), 10_000);
        this.runtime = runtime;
        log = new LaggingLog(runtime, limits);
        directory = new InMemoryDirectory(runtime);
        cluster = new InMemoryCluster(runtime, LEASE, BEAT);
    }

    @Override
    public LogBroker node(ImRuntime process) {
        return log.node(process);
    }

    @Override
    public void setUp(ImServerBuilder server) {
        server.memberships(memberships)
                .sessionStore(sessions)
                .cluster(member(new NodeId("n" + ++processes)))
                .v2(V2Settings.inMemory().directory(directory).watermarks(watermarks));
    }

    /** A node of the cluster, for tests that break its leases. */
    ClusterMembership member(NodeId process) {
        return cluster.join(process);
    }

    @Override
    public int mostNodes() {
        return 2;
    }

    @Override
    public boolean loseLogs() {
        log.close();
        log = new LaggingLog(runtime, limits);
        return true;
    }

    @Override
    public List<LostEntry> loseTail(int entries) {
        return log.promote(entries);
    }

    @Override
    public void close() {
        log.close();
    }
}
