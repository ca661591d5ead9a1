package io.embedim.internal.routing;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.model.GroupId;
import io.embedim.model.LogText;
import io.embedim.monitor.Backend;
import io.embedim.session.Listing;
import io.embedim.session.Session;
import io.embedim.session.SharedSessionStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up after nodes that have died: their sessions go out of the store, and each group hears who has left it. Whoever removed a session announces its leaves, so that they are announced once
 * even where two nodes clean up after one.
 */
final class Reaper {

    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    /** Sessions at a time: who reads and writes on this node goes on meanwhile. */
    private static final int BATCH = 64;

    private final ClusterMembership cluster;
    private final @Nullable SharedSessionStore store;
    private final Registrar registrar;
    private final Steps steps;
    private final Steps storeSteps;

    Reaper(EngineConfig config, Registrar registrar, Steps steps) {
        this.cluster = config.cluster();
        this.store = config.sessions() instanceof SharedSessionStore shared ? shared : null;
        this.registrar = registrar;
        this.steps = steps.of(Backend.CLUSTER);
        this.storeSteps = steps.of(Backend.SESSIONS);
    }

    /** All dead nodes that this one gets, one after the other. */
    @Nullable
    CompletionStage<?> cleanUp() {
        SharedSessionStore shared = store;
        return shared == null
                ? null
                : steps.then(cluster::deadNodes, dead -> next(shared, dead, 0), failure -> failed("nodes", failure));
    }

    private @Nullable CompletionStage<?> next(SharedSessionStore shared, List<NodeId> dead, int at) {
        if (at == dead.size()) {
            return null;
        }
        NodeId node = dead.get(at);
        return steps.then(
                () -> cluster.claim(node),
                won -> won
                        ? reapAll(shared, node).thenCompose(done -> orDone(next(shared, dead, at + 1)))
                        : next(shared, dead, at + 1),
                failure -> failed(node, failure));
    }

    /** What is left where this fails is claimed once more, by whomever. */
    private CompletionStage<?> reapAll(SharedSessionStore shared, NodeId node) {
        AtomicLong reaped = new AtomicLong();
        return Listing.<Session>of(page -> shared.ofNode(node, page))
                .forEachPage(page -> batch(shared, node, page, 0, reaped))
                .thenCompose(all -> steps.inTime(cluster.cleaned(node).toCompletableFuture()))
                .handle((done, failure) -> {
                    if (failure == null) {
                        LOG.warn(
                                "event=dead_node_cleaned node={} sessions={}",
                                LogText.line(node),
                                LogText.line(reaped));
                    } else {
                        failed(node, failure);
                    }
                    return null;
                });
    }

    private CompletionStage<?> batch(
            SharedSessionStore shared, NodeId node, List<Session> sessions, int from, AtomicLong reaped) {
        List<Session> some = sessions.subList(from, Math.min(sessions.size(), from + BATCH));
        CompletableFuture<?> all = CompletableFuture.allOf(some.stream()
                .map(session -> storeSteps
                        .inTime(shared.reap(session.id(), node).toCompletableFuture())
                        .thenCompose(found -> found.isPresent() ? announce(found.get(), reaped) : orDone(null))
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        int next = from + some.size();
        return next >= sessions.size() ? all : all.thenCompose(done -> batch(shared, node, sessions, next, reaped));
    }

    private CompletionStage<@Nullable Object> announce(SharedSessionStore.Reaped found, AtomicLong reaped) {
        reaped.incrementAndGet();
        for (GroupId group : found.session().groups()) {
            registrar.announceLeave(found, group);
        }
        return orDone(registrar.endMemberships(found));
    }

    private static CompletionStage<@Nullable Object> orDone(@Nullable CompletionStage<?> stage) {
        return stage == null ? CompletableFuture.completedFuture(null) : stage.thenApply(done -> null);
    }

    private static void failed(Object what, Throwable failure) {
        LOG.warn("event=dead_node_not_cleaned node={}", LogText.line(what), LogText.trace(failure));
    }
}
