package io.embedim;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import io.embedim.model.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A group of 1,000 with 16 senders at once, on real threads: docs/protocol.md, rule C-ORDER. */
class GroupOrderTest {

    private static final int MEMBERS = 1_000;
    private static final int SENDERS = 16;
    private static final int EACH = 40;

    @Test
    void everyMemberSeesAllMessagesInOneOrderAndEachSendersOwnOrderIsKept() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(MEMBERS);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (ImServer server = ImServer.builder()
                .classicProfile()
                .limits(Limits.defaults().withOutbound(16 * 1024 * 1024, Duration.ofSeconds(60)))
                .build()) {
            List<Member> members = new ArrayList<>();
            List<Inbound> inbound = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                Member member = new Member(all);
                members.add(member);
                Inbound in = server.open(member, Handshake.at("/im").build());
                in.received(frame("join", "u" + i, "hi"), true);
                inbound.add(in);
            }
            CountDownLatch start = new CountDownLatch(1);
            for (int s = 0; s < SENDERS; s++) {
                int sender = s;
                senders.execute(() -> {
                    awaitQuietly(start);
                    for (int n = 0; n < EACH; n++) {
                        inbound.get(sender).received(frame("speak", "u" + sender, sender + ":" + n), true);
                    }
                });
            }
            start.countDown();

            assertThat(all.await(90, TimeUnit.SECONDS))
                    .as("all messages have come")
                    .isTrue();

            List<String> order = members.get(0).messages();
            assertThat(order).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
            IntStream.range(0, SENDERS)
                    .forEach(s -> assertThat(order.stream().filter(m -> m.startsWith(s + ":")))
                            .containsExactlyElementsOf(IntStream.range(0, EACH)
                                    .mapToObj(n -> s + ":" + n)
                                    .toList()));
            assertThat(members)
                    .allSatisfy(member -> assertThat(member.messages()).isEqualTo(order));
        } finally {
            senders.shutdownNow();
        }
    }

    private static String frame(String event, String user, String content) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"" + user
                + "\",\"from_username\":\"n\",\"content\":\"" + content + "\"}";
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers the content of the group's messages; writes come one at a time, from any thread. */
    private static final class Member implements Connection {

        private final CountDownLatch all;
        private final List<String> messages = new ArrayList<>();

        Member(CountDownLatch all) {
            this.all = all;
        }

        @Override
        public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
            synchronized (messages) {
                for (OutboundFrame frame : frames) {
                    int said = frame.text().indexOf("\\u8bf4]:");
                    if (said >= 0) {
                        messages.add(
                                frame.text().substring(said + 8, frame.text().indexOf('"', said)));
                    }
                }
                if (messages.size() == SENDERS * EACH) {
                    all.countDown();
                }
            }
            callback.completed(null);
        }

        @Override
        public void close(CloseReason reason) {}

        List<String> messages() {
            synchronized (messages) {
                return List.copyOf(messages);
            }
        }
    }
}
