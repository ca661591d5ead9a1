package io.embedim.testkit.simulation;

import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.InMemoryMemberships;
import java.time.Duration;

/** The defaults of im-core as something that outlives a process; in a third of the runs the log keeps eight entries of each conversation, so that what is old is trimmed. */
public final class InMemoryBackend implements SimulatedBackend {

    private static final int FEW = 8;
    private static final int MANY = 1_000;

    private final InMemoryBroker log;
    private final InMemoryDirectory directory;
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final InMemoryMemberships memberships = new InMemoryMemberships();

    /**
     * An empty backend.
     *
     * @param runtime time and chance
     */
    public InMemoryBackend(ImRuntime runtime) {
        int entries = runtime.random().nextInt(3) == 0 ? FEW : MANY;
        log = new InMemoryBroker(
                runtime,
                new LogLimits(
                        new Retention(entries, Duration.ofDays(30), 1 << 20), 1 << 24, Duration.ofMinutes(10), 10_000));
        directory = new InMemoryDirectory(runtime);
    }

    @Override
    public LogBroker node(ImRuntime process) {
        return log.nextNode(process);
    }

    @Override
    public void setUp(ImServerBuilder server) {
        server.memberships(memberships)
                .v2(V2Settings.inMemory().directory(directory).watermarks(watermarks));
    }

    @Override
    public void close() {
        log.close();
    }
}
