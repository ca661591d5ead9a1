package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.testkit.contract.StallingPipe;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client and a connection in a container of its own. */
final class ContractPipe implements StallingPipe {

    private final Container container;
    private final ImEndpoints.Registration registration;
    private final TestClient client;
    private final RecordingCore.Opened opened;

    ContractPipe(Container.Kind kind) {
        RecordingCore core = new RecordingCore();
        container = kind.create();
        registration = container.register("/im", core, kind.options());
        container.start();
        client = TestClient.connect(container.uri("/im"));
        try {
            opened = core.next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Connection server() {
        return opened.connection;
    }

    @Override
    public void stopReading() {
        client.stopReading();
    }

    @Override
    public String takeText(Duration within) {
        try {
            return client.receive();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CloseReason awaitClose(Duration within) {
        TestClient.Closed closed = client.awaitClose();
        return closed.code() == 1006 ? CloseReason.LOST : new CloseReason(closed.code(), closed.reason());
    }

    @Override
    public CloseReason awaitReported(Duration within) {
        try {
            return opened.closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the end was not reported within " + within, e);
        }
    }

    @Override
    public void closeFromClient(int code) {
        client.sendClose(code, "");
    }

    @Override
    public void close() {
        client.close();
        registration.close();
        container.close();
    }
}
