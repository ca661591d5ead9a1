package io.embedim.metrics;

import io.embedim.monitor.ServerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** Registers what shows a part of a reading. */
record Meters(MeterRegistry registry, Reading reading, Tags tags) {

    Meters with(String tag, String value) {
        return new Meters(registry, reading, tags.and(tag, value));
    }

    void gauge(String name, String unit, String description, ToLongFunction<ServerStats> part) {
        Gauge.builder(name, reading, from -> part.applyAsLong(from.stats()))
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void counter(String name, String unit, String description, ToLongFunction<ServerStats> part) {
        FunctionCounter.builder(name, reading, from -> part.applyAsLong(from.stats()))
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
