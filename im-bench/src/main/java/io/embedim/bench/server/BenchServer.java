package io.embedim.bench.server;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import io.embedim.runtime.ThreadRuntime;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Starts one container with the chat and the baseline, prints {@code ready container=… port=… control=… pid=…}, and runs until it is killed or its standard input ends.
 *
 * <p>Which containers there are and how to start them: docs/how-to/measure-delivery.md.
 */
public final class BenchServer {

    /** Far above what a run sends; the article's 128 would refuse its messages. */
    private static final int MAX_CONTENT = 16 * 1024;

    /** A client that sends at a rate of its own, whatever comes back, is not to be closed because the machine had a pause; the peers take any number. */
    private static final Limits LIMITS = Limits.defaults().withInbound(16 * 1024, 16 * 1024 * 1024);

    /** Set to true to speak im.v2 too; then what is said is kept, whatever the dialect. */
    private static final String V2 = "io.embedim.bench.v2";

    /** A run says more in a second than the ids of ten minutes have room for by default. */
    private static final LogLimits LOG = new LogLimits(
            LogLimits.DEFAULT.retention(), LogLimits.DEFAULT.totalBytes(), Duration.ofSeconds(10), 500_000);

    private BenchServer() {}

    /**
     * Runs a server.
     *
     * @param args the container's name, and maybe a port
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: BenchServer tomcat|jetty|undertow|tyrus [port]");
            System.exit(2);
        }
        Closes closes = new Closes();
        ImServerBuilder builder = ImServer.builder();
        if (Boolean.getBoolean(V2)) {
            ThreadRuntime runtime = ThreadRuntime.start();
            builder.runtime(runtime).broker(new InMemoryBroker(runtime, LOG)).v2(V2Settings.inMemory());
        }
        ImServer server = builder.classicProfile()
                .limits(LIMITS)
                .validationRules(
                        ValidationRules.defaults().withMaxContent(MAX_CONTENT).withMaxText(MAX_CONTENT))
                .listener(closes)
                .build();
        Container container = Container.named(args[0]);
        container.start(args.length == 2 ? Integer.parseInt(args[1]) : 0, new Endpoints(server));
        int control = new Control(server, closes).start();
        System.out.printf(
                "ready container=%s port=%d control=%d pid=%d%n",
                args[0], container.port(), control, ProcessHandle.current().pid());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
