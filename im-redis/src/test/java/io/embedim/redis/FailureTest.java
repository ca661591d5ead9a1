package io.embedim.redis;

import static io.embedim.redis.Hearing.await;
import static io.embedim.redis.Hearing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Redis goes, stands still, is cut off, delivers nothing; and comes back. */
class FailureTest {

    private static final Duration TIME_OUT = Duration.ofMillis(700);

    private static Hearing node(String uri) {
        return new Hearing(uri, builder -> builder.timeOut(TIME_OUT));
    }

    @Test
    void whileRedisIsAwayNothingIsAcknowledgedAndThenAllGoesOn() {
        try (TestRedis server = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
                Hearing node = node(server.uri())) {
            Position first = node.say("one").position();
            node.hears("one");

            server.kill();
            Awaitility.await()
                    .atMost(Hearing.PATIENCE)
                    .untilAsserted(() -> assertThat(failure(node.redis.broker().append(Hearing.words("lost"))))
                            .contains("was not made: expected a connection to Redis"));
            assertThat(failure(node.redis.broker().probe())).contains("expected a connection");
            assertThat(failure(node.redis.sessions().counts())).contains("was not made");
            assertThat(failure(node.redis.cluster().renew())).contains("was not made");

            server.startAgain();
            node.isReadyAgain();
            Position second = node.say("two").position();
            node.hears("one", "two");
            assertThat(second.epoch()).as("the log has survived").isEqualTo(first.epoch());
            assertThat(second.seq()).isEqualTo(2);
        }
    }

    @Test
    void redisThatForgotEverythingBeginsANewEpochAndNobodyWaitsForEver() {
        try (TestRedis server = TestRedis.start();
                Hearing node = node(server.uri())) {
            Position first = node.say("one").position();
            node.say("two");
            node.hears("one", "two");

            server.kill();
            server.startAgain();
            node.isReadyAgain();
            Position fresh = node.say("three").position();

            node.hears("one", "two", "three");
            assertThat(fresh.epoch()).isNotEqualTo(first.epoch());
            assertThat(await(node.redis.broker().read(Reading.after(Hearing.GROUP, first, 10)))
                            .status())
                    .as("who asks from the old log hears that it is gone")
                    .isEqualTo(Slice.Status.RESET);
        }
    }

    @Test
    void redisThatStandsStillMakesOutcomesUnknownAndARepetitionTells() {
        try (TestRedis server = TestRedis.start();
                Hearing node = node(server.uri())) {
            node.say("one");

            server.pause();
            String outcome = failure(node.redis.broker().append(Hearing.words("two")));
            String probe = failure(node.redis.broker().probe());
            server.goOn();

            assertThat(outcome).contains("has an unknown outcome: Redis did not answer within PT0.7S");
            assertThat(probe).contains("within PT0.7S");
            node.isReadyAgain();
            Receipt again = node.say("two");
            assertThat(again.duplicate()).as("it had been made after all").isTrue();
            node.hears("one", "two");
        }
    }

    @Test
    void whatWasSaidWhileANodeWasCutOffIsReadFromTheLogInOrder() {
        try (TestRedis server = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(server.port());
                Hearing cutOff = node(proxy.uri());
                Hearing whole = node(server.uri())) {
            whole.say("one");
            cutOff.hears("one");

            proxy.cut();
            List<String> expected = new ArrayList<>(List.of("one"));
            for (int i = 0; i < 300; i++) {
                whole.say("m" + i);
                expected.add("m" + i);
            }
            proxy.mend();
            cutOff.isReadyAgain();
            whole.say("last");
            expected.add("last");

            cutOff.hears(expected.toArray(String[]::new));
            whole.hears(expected.toArray(String[]::new));
        }
    }

    @Test
    void connectionThatIsUpAndDeliversNothingIsFoundAndReplaced() {
        try (TestRedis server = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(server.port());
                Hearing deaf = new Hearing(
                        proxy.uri(), builder -> builder.timeOut(TIME_OUT).silence(Duration.ofMillis(400)))) {
            deaf.say("one");
            deaf.hears("one");

            proxy.swallow();
            assertThat(deaf.say("two").position().seq()).as("commands work").isEqualTo(2);

            deaf.hears("one", "two");
            deaf.isReadyAgain();
        }
    }

    @Test
    void connectionThatConfirmsNoSubscriptionIsReplaced() {
        try (TestRedis server = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(server.port());
                Hearing deaf = new Hearing(
                        proxy.uri(), builder -> builder.timeOut(TIME_OUT).silence(Duration.ofMillis(400)))) {
            deaf.say("one");
            deaf.hears("one");

            proxy.swallow();
            String late = failure(deaf.redis.broker().subscribe(Topic.of(new UserId("late"))));
            deaf.say("two");

            assertThat(late).contains("the connection that hears Redis was lost");
            deaf.hears("one", "two");
            deaf.isReadyAgain();
        }
    }

    @Test
    void withoutTheProbeADeafNodeHearsNothing() {
        try (TestRedis server = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(server.port());
                Hearing deaf = new Hearing(
                        proxy.uri(), builder -> builder.timeOut(TIME_OUT).silence(Duration.ofHours(1)))) {
            deaf.say("one");
            deaf.hears("one");

            proxy.swallow();
            deaf.say("two");

            assertThat(failure(deaf.redis.broker().probe()))
                    .as("whoever asks is told")
                    .contains("expected the own message back within PT0.7S; came nothing");
            assertThat(deaf.contents()).containsExactly("one");
        }
    }

    @Test
    void replicaThatLagsIsFoundByItsMidsWhenItBecomesTheMaster() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
                Hearing client = node(master.uri())) {
            Position one = client.say("one").position();
            String meta = LogReads.text(new RedisKeys("im").log(Hearing.GROUP).meta());
            Awaitility.await()
                    .atMost(Hearing.PATIENCE)
                    .until(() -> replica.ask("HGET", meta, "seq").equals("1"));
            // From here on the replica learns nothing more: two messages are acknowledged that it will never have.
            replica.ask("REPLICAOF", "NO", "ONE");
            client.say("two");
            Position three = client.say("three").position();

            try (Hearing promoted = node(replica.uri())) {
                Position other = promoted.say("other").position();

                assertThat(other.epoch()).as("the replica has the epoch").isEqualTo(one.epoch());
                assertThat(other.seq()).as("and gives a number a second time").isEqualTo(2);
                assertThat(await(promoted.redis.broker().read(Reading.after(Hearing.GROUP, three, 10)))
                                .status())
                        .as("a position above the top")
                        .isEqualTo(Slice.Status.RESET);
                promoted.say("more");
                assertThat(await(promoted.redis.broker().read(Reading.after(Hearing.GROUP, three, 10)))
                                .status())
                        .as("the same place, given a second time: another mid stands there")
                        .isEqualTo(Slice.Status.RESET);
                assertThat(await(promoted.redis.broker().read(Reading.after(Hearing.GROUP, one, 10)))
                                .entries())
                        .as("from the last common entry on")
                        .hasSize(2);
                Outcome again = await(promoted.redis.broker().append(Hearing.words("three")));
                assertThat(((Receipt) again).duplicate())
                        .as("what was acknowledged and lost can be sent again")
                        .isFalse();
            }
        }
    }

    @Test
    void stagesOfANodeThatIsClosedFail() {
        try (TestRedis server = TestRedis.start()) {
            Hearing node = node(server.uri());
            server.pause();
            CompletionStage<?> waiting = node.redis.broker().append(Hearing.words("x"));
            node.redis.close();
            server.goOn();

            assertThat(failure(waiting)).contains("has an unknown outcome");
            assertThat(failure(node.redis.broker().subscribe(Topic.of(new GroupId("h")))))
                    .contains("is closed");
            node.close();
        }
    }
}
