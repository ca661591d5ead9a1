package io.embedim.internal.routing;

import io.embedim.model.LogText;
import io.embedim.monitor.Latencies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one after another, and drops what they throw: a fault in a metric must not cost a message. */
record GuardedLatencies(@Nullable Latencies before, Latencies hears) implements Latencies {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedLatencies.class);

    @Override
    public void handled(long nanos) {
        if (before != null) {
            before.handled(nanos);
        }
        try {
            hears.handled(nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void delivered(long nanos) {
        if (before != null) {
            before.delivered(nanos);
        }
        try {
            hears.delivered(nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException fault) {
        LOG.debug("event=latency_not_recorded class={}", hears.getClass().getName(), LogText.trace(fault));
    }
}
