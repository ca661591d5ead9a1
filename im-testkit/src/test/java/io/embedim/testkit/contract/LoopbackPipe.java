package io.embedim.testkit.contract;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pipe without a wire, correct, to be overridden. */
class LoopbackPipe implements Pipe, Connection {

    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    @Override
    public Connection server() {
        return this;
    }

    @Override
    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
        if (closed.isDone()) {
            callback.completed(new IOException("closed"));
            return;
        }
        frames.forEach(frame -> texts.add(frame.text()));
        callback.completed(null);
    }

    @Override
    public void close(CloseReason reason) {
        closed.complete(reason);
    }

    @Override
    public String takeText(Duration within) {
        try {
            String text = texts.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (text == null) {
                throw new AssertionError("no message came within " + within);
            }
            return text;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CloseReason awaitClose(Duration within) {
        try {
            return closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("not closed within " + within, e);
        }
    }

    @Override
    public CloseReason awaitReported(Duration within) {
        return awaitClose(within);
    }

    @Override
    public void closeFromClient(int code) {
        closed.complete(new CloseReason(code, ""));
    }

    @Override
    public void close() {}
}
