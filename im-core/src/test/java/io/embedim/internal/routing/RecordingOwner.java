package io.embedim.internal.routing;

import io.embedim.connection.Backlog;
import io.embedim.security.SlowConsumerPolicy.Answer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what an outbox says of its client. */
final class RecordingOwner implements OutboxOwner {

    final List<Throwable> failures = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    /** Bounds of a server that closes who falls behind. */
    static Outbox.Bounds closing(int bytes) {
        return new Outbox.Bounds(bytes, Answer.CLOSE, new Counters());
    }

    @Override
    public void writeFailed(Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void behind(Backlog backlog, boolean begins, boolean ends) {
        told.add((begins ? "begins " : "") + (ends ? "ends " : "") + "bytes=" + backlog.bytes() + " age="
                + backlog.age().toMillis());
    }
}
