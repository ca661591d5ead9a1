package io.embedim.redis;

import static io.embedim.redis.Hearing.await;
import static io.embedim.redis.Hearing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Action;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the contracts cannot see: what lies in Redis, and bounds of this broker alone. */
class RedisRulesTest {

    private static OneRedis redis;

    @BeforeAll
    static void start() {
        redis = new OneRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void end() {
        redis.nextTest();
    }

    private static RedisKeys.OfLog keys() {
        return new RedisKeys(redis.prefix()).log(Hearing.GROUP);
    }

    private static Position say(RedisBroker broker, String content) {
        return await(broker.publish(Hearing.words(content))).position();
    }

    /** Protocol L4. */
    @Test
    void stateThatWasDeletedLeavesTheEntriesAndANewEpochGoesOnBehindThem() {
        RedisBroker broker = redis.node().broker();
        Position one = say(broker, "one");
        Position two = say(broker, "two");

        redis.server.ask("DEL", LogReads.text(keys().meta()));
        Position three = say(broker, "three");

        assertThat(three.epoch()).isNotEqualTo(one.epoch());
        assertThat(three.seq()).isEqualTo(3);
        Slice slice = await(broker.read(Reading.after(Hearing.GROUP, Position.START, 10)));
        assertThat(slice.entries()).extracting(entry -> entry.draft().content()).containsExactly("one", "two", "three");
        assertThat(slice.entries().get(2).prev()).isEqualTo(two.mid());
    }

    /** Below the floor, parts of the stream lie on for a while: for who finds the state lost, what is there has no hole. */
    @Test
    void whatIsLetGoOfGoesByNodesOfTheStreamAndLeavesNoHole() {
        RedisBroker broker = redis.node(builder -> builder.retention(new Retention(1_000, Duration.ofDays(1), 4_000)))
                .broker();
        for (int i = 0; i < 200; i++) {
            say(broker, "o" + i);
        }
        long kept = Long.parseLong(redis.server.ask("XLEN", LogReads.text(keys().entries())));
        for (int i = 0; i < 20; i++) {
            Position changed = say(broker, "p" + i);
            EntryRef target = new EntryRef(changed.seq(), changed.mid());
            await(broker.publish(Drafts.say(Hearing.GROUP, "a", "q" + i).doing(new Action.Edit(target, 0))));
        }

        redis.server.ask("DEL", LogReads.text(keys().meta()));
        Position last = say(broker, "last");

        assertThat(kept).isBetween(5L, 110L);
        List<Long> places = await(broker.read(Reading.after(Hearing.GROUP, Position.START, 500))).entries().stream()
                .map(entry -> entry.position().seq())
                .toList();
        assertThat(places)
                .hasSizeGreaterThanOrEqualTo(5)
                .containsExactlyElementsOf(LongStream.rangeClosed(places.get(0), last.seq())
                        .boxed()
                        .toList());
    }

    /** Protocol L1: the stream itself refuses a number a second time. */
    @Test
    void numberThatHasBeenGivenIsNotGivenAgain() {
        RedisBroker broker = redis.node().broker();
        say(broker, "one");
        say(broker, "two");

        redis.server.ask("HSET", LogReads.text(keys().meta()), "seq", "1");

        assertThat(failure(broker.publish(Hearing.words("three"))))
                .contains("was not made")
                .contains("equal or smaller");
        assertThat(redis.server.ask("HGET", LogReads.text(keys().meta()), "seq"))
                .as("nothing was written")
                .isEqualTo("1");
    }

    /** Protocol S3: ids end by themselves, and not before their time. */
    @Test
    void idsAreForgottenWhenTheirTimeIsOverAndTheirKeysGo() {
        RedisBroker broker = redis.node(builder -> builder.dedupeWindow(Duration.ofSeconds(1)))
                .broker();
        long begin = System.nanoTime();
        say(broker, "one");
        Once once = Objects.requireNonNull(Hearing.words("one").once());
        List<String> before = new ArrayList<>();

        Awaitility.await()
                .atMost(Hearing.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    boolean known = await(broker.find(Hearing.GROUP, new UserId("a"), once))
                            .isPresent();
                    if (known) {
                        before.add("known");
                    }
                    return !known;
                });

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(before).isNotEmpty();
        assertThat(redis.server.ask("KEYS", LogReads.text(keys().ids()) + ":*")).isEmpty();
    }

    /** Protocol E2. */
    @Test
    void wordsThatWereTakenBackAreInNoKey() {
        RedisBroker broker = redis.node().broker();
        Position secret = await(broker.publish(Drafts.say(Hearing.GROUP, "a", "secret words")))
                .position();
        EntryRef target = new EntryRef(secret.seq(), secret.mid());
        await(broker.publish(Drafts.say(Hearing.GROUP, "a", "secret too").doing(new Action.Edit(target, 0))));

        await(broker.publish(Drafts.say(Hearing.GROUP, "a", "").doing(new Action.Recall(target, 1, false))));

        assertThat(redis.server.ask("XRANGE", LogReads.text(keys().entries()), "-", "+"))
                .doesNotContain("secret");
        assertThat(redis.server.ask("HGETALL", LogReads.text(keys().overlays())))
                .doesNotContain("secret");
    }

    @Test
    void longReadComesInParts() {
        RedisBroker broker = redis.node(
                        builder -> builder.retention(new Retention(5_000, Duration.ofDays(1), 1L << 30)))
                .broker();
        IntStream.range(0, 1_200)
                .mapToObj(i -> broker.publish(Hearing.words("m" + i)))
                .toList()
                .forEach(Hearing::await);

        Slice first = await(broker.read(Reading.after(Hearing.GROUP, Position.START, 10_000)));
        Slice second = await(broker.read(
                Reading.after(Hearing.GROUP, first.entries().get(999).position(), 10_000)));

        assertThat(first.entries()).hasSize(LogReads.MOST_ENTRIES);
        assertThat(first.status()).isEqualTo(Slice.Status.MORE);
        assertThat(second.entries()).hasSize(200);
        assertThat(second.status()).isEqualTo(Slice.Status.OK);
    }

    /** Protocol V2: what does not fit into a queue is read from the log. */
    @Test
    void listenerThatStandsStillHoldsUpNobodyAndMissesNothing() {
        RedisBackend node =
                redis.node(builder -> builder.retention(new Retention(50_000, Duration.ofDays(1), 1L << 30)));
        RedisBroker broker = node.broker();
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> heard = new ArrayList<>();
        broker.attach((topic, event) -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (heard) {
                heard.add(((Message) event).position().seq());
            }
        });
        await(broker.subscribe(Topic.of(new GroupId("g"))));
        int count = Lanes.MOST_FRAMES + 2_000;

        List<CompletionStage<?>> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            said.add(broker.publish(Drafts.say(Hearing.GROUP, "a", "m")));
            if (i % 1_000 == 0) {
                await(said.get(i));
            }
        }
        said.forEach(Hearing::await);
        Awaitility.await().atMost(Hearing.PATIENCE).until(() -> node.received() == count);
        goOn.countDown();

        Awaitility.await().atMost(Hearing.PATIENCE).untilAsserted(() -> {
            synchronized (heard) {
                assertThat(heard).hasSize(count);
            }
        });
        assertThat(heard).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void manyTopicsAreSubscribedInFewCommands() {
        RedisBroker broker = redis.node().broker();
        long before = calls();

        redis.server.pause(); // So that they gather, however quick Redis is.
        List<CompletionStage<Void>> all;
        try {
            all = IntStream.range(0, 2_000)
                    .mapToObj(i -> broker.subscribe(Topic.of(new UserId("u" + i))))
                    .toList();
        } finally {
            redis.server.goOn();
        }
        all.forEach(Hearing::await);

        assertThat(calls() - before)
                .as("SUBSCRIBE commands for 2,000 topics: the first, and the others by 512")
                .isLessThanOrEqualTo(5);
    }

    private static long calls() {
        return redis.server
                .ask("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_subscribe:calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .findFirst()
                .orElse(0);
    }
}
