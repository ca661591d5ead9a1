package io.embedim.internal.routing;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.model.LogText;
import io.embedim.model.Target;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease. Where it was lost, the node takes a new id and puts all its sessions into the store anew. One beat at a time; a beat that finds the one before at work leaves it
 * alone.
 */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    /** So often in a row the lease has to be renewed before this node takes others for dead. */
    private static final int TRUSTED = 2;

    private final ClusterMembership cluster;
    private final Broker broker;
    private final Commands commands;
    private final LocalIndex index;
    private final Registrar registrar;
    private final Reaper reaper;
    private final ImRuntime runtime;
    private final Steps steps;
    private final Mailbox turn;
    private final Duration beat;
    private volatile boolean stopped;
    private boolean waiting;
    private int renewed;

    LeaseKeeper(EngineConfig config, Commands commands, LocalIndex index, Registrar registrar, Steps steps) {
        this.cluster = config.cluster();
        this.broker = config.broker();
        this.commands = commands;
        this.index = index;
        this.registrar = registrar;
        this.reaper = new Reaper(config, registrar, steps);
        this.runtime = config.runtime();
        this.steps = steps.of(Backend.CLUSTER);
        this.turn = new Mailbox(runtime.executor());
        this.beat = cluster.heartbeat();
    }

    void start() {
        if (!beat.isZero()) {
            runtime.schedule(() -> runtime.executor().execute(this::beat), beat);
        }
    }

    void stop() {
        stopped = true;
    }

    private void beat() {
        if (stopped) {
            return;
        }
        boolean mine;
        synchronized (this) {
            mine = !waiting;
            waiting = true;
        }
        if (mine) {
            turn.post(this::renew);
        }
        start();
    }

    private @Nullable CompletionStage<?> renew() {
        synchronized (this) {
            waiting = false;
        }
        if (stopped) {
            return null;
        }
        return steps.then(
                cluster::renew,
                lives -> {
                    renewed = lives ? renewed + 1 : 0;
                    if (!lives) {
                        return rejoin();
                    }
                    return renewed >= TRUSTED ? reaper.cleanUp() : null;
                },
                failure -> {
                    renewed = 0;
                    LOG.debug("event=lease_not_renewed", LogText.trace(failure));
                });
    }

    private @Nullable CompletionStage<?> rejoin() {
        NodeId before = cluster.self();
        return steps.then(
                cluster::rejoin,
                fresh -> {
                    LOG.warn(
                            "event=lease_lost node={} now={} connections={}",
                            LogText.line(before),
                            LogText.line(fresh),
                            index.size());
                    broker.serve(fresh, commands);
                    return registerAnew();
                },
                failure -> LOG.warn("event=lease_not_begun node={}", LogText.line(before), LogText.trace(failure)));
    }

    private CompletionStage<?> registerAnew() {
        return Sweep.over(Selection.of(Target.all(), index, true), registrar::registerAnew, runtime.executor())
                .thenAccept(all -> LOG.info(
                        "event=registered_anew sessions={} failed={}",
                        LogText.line(all.done()),
                        LogText.line(all.failed())));
    }
}
