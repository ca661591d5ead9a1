package io.embedim.redis;

import io.embedim.runtime.ImRuntime;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names that are given once: mids, one for each attempt to append (L3), and epochs (L4). */
final class Ids {

    private static final int BYTES = 12;

    private final ImRuntime runtime;
    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    Ids(ImRuntime runtime) {
        this.runtime = runtime;
        this.prefix = epoch() + "-";
    }

    String mid() {
        return prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    }

    String epoch() {
        byte[] bits = new byte[BYTES];
        runtime.random().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
