package io.embedim.examples.demo;

import io.embedim.ChangeReport;
import io.embedim.ImServer;
import io.embedim.metrics.ImMetrics;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.monitor.Health;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /metrics}, {@code /health/live} and {@code /health/ready}, {@code POST /operations/kick}: for who operates the demo, on the same machine unless told otherwise. */
final class Operations implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain;version=0.0.4;charset=utf-8";

    private static final int MAX_BODY = 1_024;

    private final ImServer server;
    private final boolean forAll;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    Operations(ImServer server, boolean forAll) {
        this.server = server;
        this.forAll = forAll;
        new ImMetrics(server).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        pauses.bindTo(registry);
    }

    /** Empty where the question is none of these, or not for who asks. */
    Optional<Answer> answer(Question question) {
        return switch (question.path()) {
            case "/metrics" -> ifAllowed(question, this::metrics);
            case "/health/live" -> ifAllowed(question, this::live);
            case "/health/ready" -> ifAllowed(question, this::ready);
            case "/operations/kick" -> ifAllowed(question, () -> kick(question));
            default -> Optional.empty();
        };
    }

    /** Whether this is a path to which something may be sent. */
    static boolean takes(Question question) {
        return question.path().equals("/operations/kick");
    }

    /** Closes all connections of a user. Not for pages: a browser tells by {@code Origin} that one asks, whichever it is. */
    private Answer kick(Question question) {
        if (!question.method().equals("POST")) {
            return Answer.empty(Answer.METHOD_NOT_ALLOWED).with("Allow", "POST");
        }
        if (question.header("Origin").isPresent()) {
            return Json.error(Answer.FORBIDDEN, "not for web pages");
        }
        Optional<UserId> user = user(question);
        if (user.isEmpty()) {
            return Json.error(Answer.BAD_REQUEST, "expected {\"user_id\":\"…\"}");
        }
        ChangeReport report =
                server.kick(Target.user(user.get())).toCompletableFuture().join();
        return Json.object("closed", String.valueOf(report.changed()));
    }

    private static Optional<UserId> user(Question question) {
        try {
            return Json.texts(question.body(MAX_BODY))
                    .map(fields -> fields.get("user_id"))
                    .map(UserId::of);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Answer> ifAllowed(Question question, Supplier<Answer> answer) {
        return forAll || isFromHere(question) ? Optional.of(answer.get()) : Optional.empty();
    }

    /** A proxy on this machine asks for others. */
    private static boolean isFromHere(Question question) {
        if (question.header("X-Forwarded-For").isPresent()
                || question.header("Forwarded").isPresent()) {
            return false;
        }
        try {
            return InetAddress.getByName(question.from()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Answer metrics() {
        return Answer.of(PROMETHEUS, registry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private Answer live() {
        boolean live = server.isLive();
        return Json.live(live).withStatus(live ? Answer.OK : Answer.SERVICE_UNAVAILABLE);
    }

    /** Waits for the backends, as long as the server does. */
    private Answer ready() {
        Health health = server.health().toCompletableFuture().join();
        return Json.health(health).withStatus(health.ready() ? Answer.OK : Answer.SERVICE_UNAVAILABLE);
    }

    @Override
    public void close() {
        pauses.close();
        registry.close();
    }
}
