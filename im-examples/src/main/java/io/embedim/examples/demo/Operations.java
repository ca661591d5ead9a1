package io.embedim.examples.demo;

import io.embedim.ImServer;
import io.embedim.metrics.ImMetrics;
import io.embedim.monitor.Health;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /metrics}, {@code /health/live} and {@code /health/ready}: for who operates the demo, on the same machine unless told otherwise. */
final class Operations implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain;version=0.0.4;charset=utf-8";

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
            default -> Optional.empty();
        };
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
