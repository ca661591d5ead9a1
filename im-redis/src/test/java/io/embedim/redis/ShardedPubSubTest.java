package io.embedim.redis;

import static io.embedim.redis.Hearing.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said in groups is published within a shard; and the ways in which a shard is lost. */
@Tag("slow")
class ShardedPubSubTest {

    private static final Duration TIME_OUT = Duration.ofSeconds(2);
    private static final int GROUPS = 30;

    private static ThreeMasters cluster;

    private OneRedis redis;
    private RedisKeys keys;

    @BeforeAll
    static void start() {
        cluster = ThreeMasters.withShards();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void begin() {
        redis = new OneRedis(cluster, builder -> builder.shardedPubSub().timeOut(TIME_OUT));
        keys = new RedisKeys(redis.prefix(), true);
    }

    @AfterEach
    void end() {
        redis.close();
    }

    private String channel(String group) {
        return keys.channel(Topic.of(new GroupId(group)));
    }

    @Test
    void whatIsSaidInAGroupIsPublishedOnItsShardAndTheOthersHaveNoWorkWithIt() {
        RedisBroker speaks = redis.node().broker();
        RedisBroker hears = redis.node().broker();
        List<String> heard = new CopyOnWriteArrayList<>();
        hears.attach((topic, event) -> heard.add(topic.name()));
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add("g" + i);
            await(hears.subscribe(Topic.of(new GroupId("g" + i))));
        }
        long everywhere = sum("commandstats", "cmdstat_publish:calls=");
        List<Long> before = eachOf("commandstats", "cmdstat_spublish:calls=");

        groups.forEach(group -> await(speaks.append(Drafts.say(Drafts.group(group), "a", "hi"))));

        Awaitility.await().atMost(Hearing.PATIENCE).until(() -> heard.size() == GROUPS);
        assertThat(sum("commandstats", "cmdstat_publish:calls="))
                .as("published to all shards")
                .isEqualTo(everywhere);
        List<Long> after = eachOf("commandstats", "cmdstat_spublish:calls=");
        for (int i = 0; i < cluster.all().size(); i++) {
            TestRedis master = cluster.all().get(i);
            List<String> here = groups.stream()
                    .filter(group -> cluster.masterOf(channel(group)) == master)
                    .toList();
            assertThat(here).as("groups of a shard").isNotEmpty();
            assertThat(after.get(i) - before.get(i)).as("published within it").isEqualTo(here.size());
            assertThat(master.ask("PUBSUB", "SHARDCHANNELS", redis.prefix() + ":{*}:t:*")
                            .lines())
                    .as("heard there")
                    .containsExactlyInAnyOrderElementsOf(
                            here.stream().map(this::channel).toList());
            assertThat(master.ask("PUBSUB", "CHANNELS", redis.prefix() + ":t:g:*"))
                    .as("heard everywhere")
                    .isEmpty();
        }
    }

    @Test
    void privateMessagesAreHeardEverywhereAsBefore() {
        RedisBroker speaks = redis.node().broker();
        RedisBroker hears = redis.node().broker();
        List<String> heard = new CopyOnWriteArrayList<>();
        hears.attach((topic, event) ->
                heard.add(topic.name() + " " + ((Message) event).draft().content()));
        await(hears.subscribe(Topic.of(new UserId("bert"))));

        await(speaks.append(Drafts.say(ConversationId.between(new UserId("anne"), new UserId("bert")), "anne", "hi")));

        Awaitility.await()
                .atMost(Hearing.PATIENCE)
                .untilAsserted(() -> assertThat(heard).containsExactly("u:bert hi"));
    }

    /** B7: on another way than the messages they would overtake them, or these them. */
    @Test
    void signalsKeepTheirPlaceBetweenTheMessages() {
        RedisBroker speaks = redis.node().broker();
        RedisBroker hears = redis.node().broker();
        GroupId group = new GroupId("g");
        List<String> heard = new CopyOnWriteArrayList<>();
        hears.attach((topic, event) -> heard.add(
                event instanceof Message message
                        ? message.draft().content()
                        : ((Signal.Left) event).connection().value()));
        await(hears.subscribe(Topic.of(group)));
        List<String> expected = new ArrayList<>();

        List<CompletionStage<?>> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add(speaks.append(Drafts.say(Drafts.group("g"), "a", "m" + i)));
            sent.add(speaks.signal(new Signal.Left(
                    Topic.of(group),
                    new ConnectionId("s" + i),
                    group,
                    false,
                    new Sender(new UserId("a"), false, "a", false, null))));
            expected.add("m" + i);
            expected.add("s" + i);
        }
        sent.forEach(Hearing::await);

        Awaitility.await().atMost(Hearing.PATIENCE).until(() -> heard.size() == expected.size());
        assertThat(heard).containsExactlyElementsOf(expected);
    }

    @Test
    void connectionToAShardThatIsKilledLosesNothing() {
        try (Hearing one = node();
                Hearing other = node()) {
            TestRedis master = cluster.masterOf(channel("g"));
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                if (i % 20 == 10) {
                    master.ask("CLIENT", "KILL", "TYPE", "pubsub");
                }
                one.say("m" + i);
                said.add("m" + i);
            }

            one.hears(said.toArray(String[]::new));
            other.hears(said.toArray(String[]::new));
            one.isReadyAgain();
            other.isReadyAgain();
        }
    }

    @Test
    void whileAShardIsNotHeardTheNodeIsNotReady() {
        try (ThreeMasters own = ThreeMasters.withShards();
                Hearing node = new Hearing(own.first().uri(), this::settings)) {
            TestRedis master = own.masterOf(channel("g"));
            assertThat(Hearing.failure(node.redis.broker().probe())).isEmpty();

            master.pause();
            String silent = Hearing.failure(node.redis.broker().probe());
            master.goOn();
            node.isReadyAgain();
            master.kill();

            assertThat(silent).contains("within PT2S");
            Awaitility.await()
                    .atMost(Hearing.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Hearing.failure(node.redis.broker().probe()))
                                    .contains("expected a connection that hears Redis; there is none"));
        }
    }

    @Test
    void slotThatMovesWhileNodesTalkLosesNothing() {
        try (ThreeMasters own = ThreeMasters.withShards();
                Hearing one = new Hearing(own.first().uri(), this::settings);
                Hearing other = new Hearing(own.first().uri(), this::settings)) {
            List<String> said = new ArrayList<>();
            Thread mover = new Thread(() -> own.move(channel("g")));
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    mover.start();
                }
                sayAtLast(one, "m" + i);
                said.add("m" + i);
            }
            join(mover);

            one.hears(said.toArray(String[]::new));
            other.hears(said.toArray(String[]::new));
            assertThat(own.notMasterOf(channel("g")).ask("PUBSUB", "SHARDNUMSUB", channel("g")))
                    .as("both are heard where the slot is now")
                    .isEqualTo(channel("g") + "\n2");
            one.isReadyAgain();
            other.say("last");
            said.add("last");
            one.hears(said.toArray(String[]::new));
        }
    }

    @Test
    void replicaThatTakesOverIsHeard() {
        try (ThreeMasters own = ThreeMasters.withShards()) {
            TestRedis master = own.masterOf(channel("g"));
            TestRedis replica = own.replicaOf(master);
            String elsewhere = own.notMasterOf(channel("g")).uri();
            try (Hearing one = new Hearing(elsewhere, this::settings);
                    Hearing other = new Hearing(elsewhere, this::settings)) {
                one.say("one");
                other.hears("one");
                Awaitility.await("the replica has it all")
                        .atMost(Hearing.PATIENCE)
                        .until(() -> replica.ask("DBSIZE").equals(master.ask("DBSIZE")));

                master.kill();
                sayAtLast(one, "two");

                assertThat(replica.ask("ROLE")).startsWith("master");
                one.hears("one", "two");
                other.hears("one", "two");
                one.isReadyAgain();
                other.isReadyAgain();
                other.say("three");
                one.hears("one", "two", "three");
            }
        }
    }

    @Test
    void connectionToAShardThatIsUpAndDeliversNothingIsFoundAndReplaced() {
        TestRedis.requireOwn("sharded pub/sub came with Redis 7; the one of embedded-redis is 6.2");
        try (BlackHoleProxy proxy = new BlackHoleProxy(0);
                ThreeMasters own = new ThreeMasters(
                        List.of("--cluster-announce-port", proxy.uri().replaceAll(".*:", "")))) {
            proxy.aim(own.first().port());
            String group = groupOf(own, own.first());
            RedisKeys names = keys;
            try (Hearing deaf = new Hearing(
                    own.all().get(1).uri(), builder -> settings(builder).silence(Duration.ofMillis(600)))) {
                List<String> heard = new CopyOnWriteArrayList<>();
                RedisBroker broker = deaf.redis.broker();
                deaf.alsoHears(group, heard);
                assertThat(own.first().ask("PUBSUB", "SHARDNUMSUB", names.channel(Topic.of(new GroupId(group)))))
                        .endsWith("\n1");

                proxy.swallow();
                await(broker.append(Drafts.say(Drafts.group(group), "a", "two")));

                Awaitility.await()
                        .atMost(Hearing.PATIENCE)
                        .untilAsserted(() -> assertThat(heard).containsExactly("two"));
                deaf.isReadyAgain();
            }
        }
    }

    private String groupOf(ThreeMasters own, TestRedis master) {
        Predicate<String> lies = group -> own.masterOf(channel(group)) == master;
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "h" + i)
                .filter(lies)
                .findFirst()
                .orElseThrow();
    }

    private Hearing node() {
        return new Hearing(cluster.first().uri(), this::settings);
    }

    private RedisBackendBuilder settings(RedisBackendBuilder builder) {
        return builder.prefix(redis.prefix()).shardedPubSub().timeOut(TIME_OUT);
    }

    /** Again and again, as the same action, until it is taken. */
    private static void sayAtLast(Hearing node, String content) {
        Awaitility.await("taken: " + content)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Hearing.failure(node.redis.broker().append(Hearing.words(content)))
                        .isEmpty());
    }

    private static void join(Thread thread) {
        try {
            thread.join(Hearing.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static long sum(String section, String name) {
        return eachOf(section, name).stream().mapToLong(each -> each).sum();
    }

    private static List<Long> eachOf(String section, String name) {
        return cluster.all().stream()
                .map(master -> master.ask("INFO", section)
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line ->
                                Long.parseLong(line.substring(name.length()).split(",", 2)[0]))
                        .sum())
                .toList();
    }
}
