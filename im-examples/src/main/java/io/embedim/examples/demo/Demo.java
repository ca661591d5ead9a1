package io.embedim.examples.demo;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.protocol.ValidationRules;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The running demo: a chat server, its web application, and the container around both. */
final class Demo implements AutoCloseable {

    private static final long DRAIN_GRACE_MILLIS = 1_000;

    private final DemoOptions options;
    private final ImServer server;
    private final DemoApplication application;
    private final Operations operations;
    private final UploadFolder uploads;
    private final DemoContainer container;
    private final Backends backends;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Demo(
            DemoOptions options,
            ImServer server,
            DemoApplication application,
            Operations operations,
            UploadFolder uploads,
            DemoContainer container,
            Backends backends) {
        this.options = options;
        this.server = server;
        this.application = application;
        this.operations = operations;
        this.uploads = uploads;
        this.container = container;
        this.backends = backends;
    }

    static Demo start(DemoOptions options) throws UsageException {
        DemoLogging.quiet();
        Tickets tickets = new Tickets();
        Names names = new Names();
        Backends backends = Backends.of(options);
        ImServer server = server(options, tickets, names, backends);
        Operations operations = new Operations(server, options.operationsForAll());
        UploadFolder uploads = UploadFolder.of(options);
        Site site = new Site(options.profile(), tickets, new Directory(server, names), operations, uploads.files());
        DemoApplication application = new DemoApplication(options.profile(), server, site);
        Demo demo = new Demo(
                options,
                server,
                application,
                operations,
                uploads,
                options.container().create(),
                backends);
        try {
            demo.container.start(options, application);
        } catch (UsageException | RuntimeException e) {
            server.close();
            backends.close();
            operations.close();
            uploads.close();
            throw e;
        }
        DemoLogging.warnings();
        return demo;
    }

    private static ImServer server(DemoOptions options, Tickets tickets, Names names, Backends backends) {
        ImServerBuilder builder = backends.with(ImServer.builder(), options.profile())
                .limits(limits(options))
                .validationRules(ValidationRules.defaults().withAvatarRequired(options.avatarRequired()))
                .listener(names)
                .listener(new EventLog());
        // Members only is the policy of a builder that is told none.
        return options.profile() == Profile.SECURE
                ? builder.authenticator(tickets).build()
                : builder.classicProfile().build();
    }

    private static Limits limits(DemoOptions options) {
        Limits limits = Limits.defaults();
        int rate = options.rate();
        return rate == 0
                ? limits
                : limits.withConnectionRates(new Rate(rate, Duration.ofSeconds(1), 2L * rate), Rate.UNLIMITED);
    }

    ImServer server() {
        return server;
    }

    int port() {
        return container.port();
    }

    String url() {
        String host = switch (options.host()) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        };
        return "http://" + host + ":" + port() + "/";
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Clients first, so that each of them is told with 4001, and when to come back; then the container. */
    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        drain();
        application.close();
        server.close();
        backends.close();
        container.close();
        operations.close();
        uploads.close();
    }

    /** As long as it takes, which is bounded; an interrupt cuts it short. */
    private void drain() {
        if (options.drain().isZero()) {
            return;
        }
        try {
            server.drain(options.drain())
                    .toCompletableFuture()
                    .get(options.drain().toMillis() + DRAIN_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the drain did not end in its time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
