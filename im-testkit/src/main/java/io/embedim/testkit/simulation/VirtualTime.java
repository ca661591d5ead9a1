package io.embedim.testkit.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What happens when: the one loop of a simulation. Things of one moment happen in an order that the seed decides. */
final class VirtualTime {

    private static final long NANOS = 1_000_000;

    private final PriorityQueue<Planned> plan = new PriorityQueue<>();
    private final SplittableRandom random;
    private long nanos;
    private long numbers;

    /** Something to happen, which can be taken back. */
    private static final class Planned implements Comparable<Planned> {
        private final long at;
        private final int order;
        private final long number;
        private final Runnable what;
        private boolean cancelled;

        private Planned(long at, int order, long number, Runnable what) {
            this.at = at;
            this.order = order;
            this.number = number;
            this.what = what;
        }

        @Override
        public int compareTo(Planned other) {
            if (at != other.at) {
                return at < other.at ? -1 : 1;
            }
            return order != other.order ? Integer.compare(order, other.order) : Long.compare(number, other.number);
        }
    }

    VirtualTime(long seed) {
        random = new SplittableRandom(seed);
    }

    long nanos() {
        return nanos;
    }

    long millis() {
        return nanos / NANOS;
    }

    /** Plans something among whatever else happens at that moment. */
    Runnable after(long delayNanos, Runnable what) {
        return plan(delayNanos, random.nextInt(), what);
    }

    /** Plans something behind all that was planned so far for that moment by this method. */
    Runnable inOrder(long delayNanos, Runnable what) {
        return plan(delayNanos, 0, what);
    }

    private Runnable plan(long delayNanos, int order, Runnable what) {
        Planned planned = new Planned(nanos + Math.max(0, delayNanos), order, numbers++, what);
        plan.add(planned);
        return () -> planned.cancelled = true;
    }

    /** Lets the next thing happen, if it is due by then. */
    boolean next(long untilMillis) {
        Planned next = plan.peek();
        if (next == null || next.at > untilMillis * NANOS) {
            nanos = Math.max(nanos, untilMillis * NANOS);
            return false;
        }
        plan.remove();
        nanos = next.at;
        if (!next.cancelled) {
            next.what.run();
        }
        return true;
    }
}
