package io.embedim.redis;

import io.embedim.model.LogText;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues between the thread that reads from Redis and those who work: what has one name is worked on one after the other, and the reader never waits. Bounded in frames and bytes; what
 * does not fit is not taken.
 */
final class Lanes {

    static final int MOST_FRAMES = 8_192;
    static final long MOST_BYTES = 16L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int COUNT = 8;
    private static final int BURST = 64;

    private final Lane[] lanes = new Lane[COUNT];

    Lanes(Executor executor) {
        for (int i = 0; i < COUNT; i++) {
            lanes[i] = new Lane(executor);
        }
    }

    Lane of(String name) {
        return lanes[Math.floorMod(name.hashCode(), COUNT)];
    }

    private record Job(Runnable task, int bytes) {}

    /** One of the queues. */
    static final class Lane implements Executor {

        private final Executor executor;
        private final ArrayDeque<Job> jobs = new ArrayDeque<>();
        private int frames;
        private long bytes;
        private boolean running;

        Lane(Executor executor) {
            this.executor = executor;
        }

        /** Takes work for a frame of this size; false where there is no room. */
        boolean offer(Runnable task, int size) {
            synchronized (this) {
                if (frames >= MOST_FRAMES || bytes + size > MOST_BYTES) {
                    return false;
                }
                frames++;
                bytes += size;
                if (!add(new Job(task, size))) {
                    return true;
                }
            }
            start();
            return true;
        }

        /** Takes work that is not for a frame, always: there is little of it. */
        @Override
        public void execute(Runnable task) {
            synchronized (this) {
                if (!add(new Job(task, -1))) {
                    return;
                }
            }
            start();
        }

        private boolean add(Job job) {
            jobs.add(job);
            boolean idle = !running;
            running = true;
            return idle;
        }

        private void start() {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                LOG.debug("event=redis_lane_ended", LogText.trace(e));
            }
        }

        private void run() {
            for (int i = 0; i < BURST; i++) {
                Job job = next();
                if (job == null) {
                    return;
                }
                try {
                    job.task.run();
                } catch (RuntimeException e) {
                    LOG.error("event=redis_lane_failed", LogText.trace(e));
                }
            }
            start();
        }

        private synchronized @Nullable Job next() {
            Job job = jobs.poll();
            if (job == null) {
                running = false;
            } else if (job.bytes >= 0) {
                frames--;
                bytes -= job.bytes;
            }
            return job;
        }
    }
}
