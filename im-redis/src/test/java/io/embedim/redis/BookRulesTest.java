package io.embedim.redis;

import static io.embedim.redis.Hearing.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the contracts cannot see of lists, marks and counts: what happens when Redis has lost a part of them, and where one script's work ends. */
class BookRulesTest {

    private static final UserId USER = new UserId("u");

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

    private static ConversationId group(String name) {
        return ConversationId.of(new GroupId(name));
    }

    private static List<String> list() {
        return Stream.of(new RedisKeys(redis.prefix()).directory(USER))
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .toList();
    }

    /** As after a fail-over to a replica that lagged: the client's cursor is of a list that had more. */
    @Test
    void clientFindsWhatComesAfterRedisHasLostTheNewestOfItsList() {
        RedisDirectory directory = redis.node().directory();
        long kept = await(directory.put(USER, group("1"), true));
        await(directory.put(USER, group("2"), true));
        DirectoryPage known = await(directory.read(USER, "", 0, 10));
        redis.server.ask("ZREM", list().get(1), "g:2");
        redis.server.ask("HSET", list().get(0), "version", Long.toString(kept));

        DirectoryPage atOnce = await(directory.read(USER, known.epoch(), known.version(), 10));
        long next = await(directory.put(USER, group("3"), true));
        DirectoryPage later = await(directory.read(USER, known.epoch(), known.version(), 10));

        assertThat(atOnce.status()).as("a cursor above the top").isEqualTo(Status.RESET);
        assertThat(next).as("no version is given twice").isGreaterThan(known.version());
        assertThat(later.items()).extracting(DirectoryPage.Item::conversation).containsExactly(group("3"));
    }

    @Test
    void listWithoutAHeadGoesOnInANewEpoch() {
        RedisDirectory directory = redis.node().directory();
        await(directory.put(USER, group("1"), true));
        await(directory.put(USER, group("2"), false));
        DirectoryPage before = await(directory.read(USER, "", 0, 10));
        redis.server.ask("DEL", list().get(0));

        DirectoryPage after = await(directory.read(USER, before.epoch(), before.version(), 10));

        assertThat(after.status()).isEqualTo(Status.RESET);
        assertThat(after.epoch()).isNotEmpty().isNotEqualTo(before.epoch());
        assertThat(after.items()).isEqualTo(before.items());
        assertThat(await(directory.put(USER, group("3"), true))).isGreaterThan(after.version());
        assertThat(await(directory.read(USER, after.epoch(), after.version(), 10))
                        .items())
                .hasSize(1);
    }

    /** Numbers above 2^53, which Lua cannot tell apart. */
    @Test
    void marksGrowByOneWhateverTheirSize() {
        RedisWatermarks marks = redis.node().watermarks();
        long seq = (1L << 60) + 1;
        await(marks.advance(USER, group("1"), Kind.READ, new Position("e", seq, "a")));
        await(marks.advance(USER, group("1"), Kind.READ, new Position("e", seq + 1, "b")));
        await(marks.advance(USER, group("1"), Kind.READ, new Position("e", 9, "c")));

        assertThat(await(marks.find(USER, group("1"))).read()).isEqualTo(new Position("e", seq + 1, "b"));
    }

    @Test
    void countGoesOnWhereOneScriptEnds() {
        RedisBackend node =
                redis.node(builder -> builder.retention(new Retention(10_000, Duration.ofDays(1), 100 << 20)));
        List<Position> said = IntStream.range(0, 2_500)
                .mapToObj(i -> node.broker().publish(Drafts.say(Drafts.group("far"), i % 2 == 0 ? "u" : "a", "x")))
                .toList()
                .stream()
                .map(sent -> await(sent).position())
                .toList();
        ConversationId far = Drafts.group("far");

        assertThat(await(node.broker().unread(Reading.after(far, Position.START, 2_000), USER)))
                .as("all of it")
                .isEqualTo(1_250);
        assertThat(await(node.broker().unread(Reading.after(far, Position.START, 999), USER)))
                .as("up to the cap")
                .isEqualTo(999);
        assertThat(await(node.broker().unread(Reading.after(far, said.get(499), 2_000), USER)))
                .as("behind the 500th")
                .isEqualTo(1_000);
    }
}
