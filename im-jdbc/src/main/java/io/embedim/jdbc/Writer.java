package io.embedim.jdbc;

import io.embedim.jdbc.WaitingLine.Place;
import io.embedim.model.LogText;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writer at a time, on the threads of an executor. What has gathered while one transaction ran goes into the next. A writer whose transaction has ended first lets the next one begin
 * and then delivers, so that the database and the listeners work at the same time.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private static final String CLOSED = "the broker is closed";
    private static final String REFUSED = "the executor refused it";

    /** How many appends share a transaction. */
    private static final int BATCH = 64;

    private final Executor executor;
    private final WaitingLine line;
    private final Function<List<Item>, Runnable> turn;

    /**
     * An idle one.
     *
     * @param turn does what is to be done in turn, and answers what may be done beside the next turn
     */
    Writer(Executor executor, WaitingLine line, Function<List<Item>, Runnable> turn) {
        this.executor = executor;
        this.line = line;
        this.turn = turn;
    }

    /** Null where it stands in line, else why not. */
    @Nullable
    String offer(Item item) {
        Place place = line.add(item);
        return switch (place) {
            case BEHIND -> null;
            case FIRST -> startFor(item);
            case FULL -> "as much waits already as may; expected a database that keeps up";
            case CLOSED -> CLOSED;
        };
    }

    boolean isBusy() {
        return line.isBusy();
    }

    /** Ends with one last errand. Who has not begun is dropped. */
    void close(Errand last) {
        List<Item> dropped = line.close(last);
        if (dropped == null) {
            last.drop(CLOSED);
            return;
        }
        dropped.forEach(item -> item.drop(CLOSED));
        if (line.claim() && !hasStarted()) {
            line.takeBack(last);
            last.drop(CLOSED);
        }
    }

    private @Nullable String startFor(Item item) {
        if (hasStarted() || !line.takeBack(item)) {
            return null;
        }
        // Somebody else may have stood in line meanwhile, believing that there is a writer.
        if (line.claim() && !hasStarted()) {
            do {
                line.next(BATCH).forEach(other -> other.drop(REFUSED));
            } while (line.release());
        }
        return REFUSED;
    }

    private boolean hasStarted() {
        try {
            executor.execute(this::write);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void write() {
        boolean mine = true;
        while (mine) {
            Runnable rest = () -> {};
            try {
                rest = turn.apply(line.next(BATCH));
            } catch (Throwable e) { // Whatever it is, the line moves on.
                LOG.error("event=jdbc_writer_failed", LogText.trace(e));
            }
            mine = line.release() && !hasStarted();
            rest.run();
        }
    }
}
