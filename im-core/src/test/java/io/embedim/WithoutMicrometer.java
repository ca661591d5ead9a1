package io.embedim;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that chats, on a module path without Micrometer; run by {@link ModuleTest} in a JVM of its own. */
final class WithoutMicrometer {

    private WithoutMicrometer() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        try (ImServer server = ImServer.builder().classicProfile().build()) {
            server.open(new Answered(answered), Handshake.at("/im").build()).received("{\"event\":\"ping\"}", true);
            boolean came = answered.await(20, TimeUnit.SECONDS);
            System.out.println(ImServer.class.getModule() + " answered=" + came + " frames="
                    + server.stats().received().frames() + " micrometer="
                    + ModuleLayer.boot().findModule("micrometer.core").isPresent());
        }
    }

    private record Answered(CountDownLatch latch) implements Connection {

        @Override
        public void write(List<OutboundFrame> batch, boolean mayBlock, WriteCallback callback) {
            callback.completed(null);
            latch.countDown();
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
