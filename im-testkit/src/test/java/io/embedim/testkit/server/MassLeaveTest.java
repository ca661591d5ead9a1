package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import io.embedim.model.Limits;
import io.embedim.testkit.ManualRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** C-LEAVE 7: what a group hears when many leave, and that neither that nor a storm of joins costs the square of the group's size. */
class MassLeaveTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int GROUP = 100;

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<Member> members = new ArrayList<>();
    private final List<Member> gone = new ArrayList<>();

    @Test
    void aGroupUpToTheLimitHearsEachLeave() {
        join(201);

        leave(2);
        runtime.advance(SECOND);

        members.forEach(member -> assertThat(member.heard).hasSize(2).noneMatch(frame -> frame.contains("\"left\"")));
    }

    @Test
    void aLargerGroupHearsTheFirstAtOnceAndTheOthersAsOne() {
        join(300);

        leave(51);
        assertThat(members).allSatisfy(member -> assertThat(member.heard).hasSize(1));
        runtime.advance(SECOND.minusMillis(1));
        assertThat(members).allSatisfy(member -> assertThat(member.heard).hasSize(1));
        runtime.advance(Duration.ofMillis(1));

        assertThat(members).allSatisfy(member -> {
            assertThat(member.heard).hasSize(2);
            assertThat(member.heard.get(0))
                    .contains("\"from_user_id\":\"u299\"")
                    .doesNotContain("\"left\"");
            assertThat(member.heard.get(1))
                    .contains("\"from_user_id\":\"u249\"")
                    .endsWith(",\"left\":50}}");
        });
    }

    @Test
    void aLargerGroupHearsASingleLeaveAsTheOriginalDid() {
        join(300);

        leave(1);
        runtime.advance(SECOND.multipliedBy(3));
        leave(1);

        assertThat(members)
                .allSatisfy(
                        member -> assertThat(member.heard).hasSize(2).noneMatch(frame -> frame.contains("\"left\"")));
    }

    @Test
    void whoeverLeavesIsCountedExactlyOnceHoweverLongItGoesOn() {
        join(500);

        for (int i = 0; i < 40; i++) {
            leave(10);
            runtime.advance(Duration.ofMillis(130));
        }
        runtime.advance(SECOND.multipliedBy(2));

        assertThat(members).hasSize(100).allSatisfy(member -> {
            assertThat(member.heard.stream().mapToInt(MassLeaveTest::left).sum())
                    .isEqualTo(400);
            assertThat(member.heard).as("one a second").hasSizeLessThanOrEqualTo(1 + 6);
        });
    }

    @Test
    void theLimitCanBeSet() {
        join(Limits.defaults().withLeavesAnnouncedUpTo(Integer.MAX_VALUE), 300);

        leave(50);

        assertThat(members).allSatisfy(member -> assertThat(member.heard).hasSize(50));
    }

    @Test
    void tenThousandLeavesOfOneGroupSendTwoFramesToEachWhoStays() {
        join(10_000);

        leave(9_900);
        int atOnce = frames();
        runtime.advance(SECOND);

        assertThat(atOnce).as("the first leave, to all who were there").isEqualTo(9_999);
        assertThat(frames() - atOnce).as("the others as one, to all who stay").isEqualTo(100);
        assertThat(members.get(0).heard.get(1)).contains("\"left\":9899");
    }

    @Test
    void nothingIsLeftBehindAMassLeave() {
        join(10_000);
        int timers = runtime.pendingTimers();

        leave(10_000);
        runtime.advance(SECOND.multipliedBy(2));

        assertThat(runtime.pendingTimers()).isEqualTo(timers);
    }

    @Test
    void aStormOfJoinsAndLeavesCostsTheSameForEachHoweverManyThereAre() {
        stormBytes(1_000); // Loads and initialises what is used.

        long few = stormBytes(5_000);
        long many = stormBytes(10_000);

        // Bytes allocated: a step that looks at the whole group would have to copy it, which is 40 KiB each time at the
        // end.
        assertThat(few).isLessThan(5_000L * 8 * 1024);
        assertThat((double) many / few).isLessThan(2.3);
    }

    private void join(int count) {
        join(Limits.defaults(), count);
    }

    private void join(Limits limits, int count) {
        ImServer server = ImServer.builder()
                .classicProfile()
                .limits(limits)
                .runtime(runtime)
                .build();
        for (int i = 0; i < count; i++) {
            Member member = new Member(server);
            member.inbound.received(Clients.frame("join", 2, GROUP, "u" + i, "\"content\":\"c\""), true);
            runtime.runAll();
            assertThat(member.heard).hasSize(1);
            member.heard.clear();
            members.add(member);
        }
    }

    /** The last ones to have joined leave, one after the other. */
    private void leave(int count) {
        for (int i = 0; i < count; i++) {
            Member member = members.remove(members.size() - 1);
            gone.add(member);
            member.inbound.closed(CloseReason.NORMAL, null);
            runtime.runAll();
        }
    }

    private int frames() {
        return Stream.concat(members.stream(), gone.stream())
                .mapToInt(member -> member.heard.size())
                .sum();
    }

    private static int left(String frame) {
        int at = frame.indexOf("\"left\":");
        return at < 0 ? 1 : Integer.parseInt(frame.substring(at + 7, frame.length() - 2));
    }

    private static long stormBytes(int count) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MassLeaveTest storm = new MassLeaveTest();
        long before = thread.getCurrentThreadAllocatedBytes();
        storm.join(count);
        storm.leave(count);
        storm.runtime.advance(SECOND);
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    private static final class Member {

        private final List<String> heard = new ArrayList<>();
        private final Inbound inbound;

        Member(ImServer server) {
            inbound = server.open(new Sink(heard), Handshake.at("/im").build());
        }
    }

    /** Takes everything at once. */
    private record Sink(List<String> heard) implements Connection {

        @Override
        public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
            frames.forEach(frame -> heard.add(frame.text()));
            callback.completed(null);
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
