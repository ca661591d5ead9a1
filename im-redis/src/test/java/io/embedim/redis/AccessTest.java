package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user of Redis's ACLs with the rights that docs/how-to/cluster.md names, and with fewer. */
class AccessTest {

    private static final String DOCUMENTED = "resetchannels ~chat:* &chat:* +@all -@admin -@dangerous +info";

    private static TestRedis server;

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @BeforeAll
    static void start() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    private static String user(String rights) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "chat", "reset", "on", ">secret"));
        words.addAll(Arrays.asList(rights.split(" ")));
        assertThat(server.ask(words.toArray(String[]::new))).isEqualTo("+OK");
        return "redis://chat:secret@127.0.0.1:" + server.port();
    }

    @Test
    void documentedRightsAreEnough() {
        String uri = user(DOCUMENTED);

        try (ChatNode first = new ChatNode(uri, "chat", builder -> builder);
                ChatNode second = new ChatNode(uri, "chat", builder -> builder)) {
            ChatNode.Client anne = first.client().joinGroup("anne", 100);
            ChatNode.Client bert = second.client().joinGroup("bert", 100);
            anne.speak("anne", 100, "hi");
            bert.hears(1, "hi");
            assertThat(ChatNode.now(second.server.kick(Target.connection(anne.inbound.id())))
                            .changed())
                    .isEqualTo(1);
        }
    }

    /** On each master: rights are a node's own in a Cluster. */
    private static String user(ThreeMasters cluster, String rights) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "chat", "reset", "on", ">secret"));
        words.addAll(Arrays.asList(rights.split(" ")));
        cluster.all()
                .forEach(master ->
                        assertThat(master.ask(words.toArray(String[]::new))).isEqualTo("+OK"));
        return "redis://chat:secret@127.0.0.1:" + cluster.first().port();
    }

    @Test
    void shardsNeedRightsOfTheirOwnWhichTheDocumentedOnesHave() {
        try (ThreeMasters cluster = ThreeMasters.withShards()) {
            for (String missing : List.of("SPUBLISH", "SSUBSCRIBE", "SUNSUBSCRIBE")) {
                String uri = user(cluster, DOCUMENTED + " -" + missing.toLowerCase(Locale.ROOT));

                assertThatThrownBy(() -> byShard(uri).open())
                        .isInstanceOf(ImException.class)
                        .hasMessageStartingWith("this Redis cannot be used: ")
                        .hasMessageMatching("(?is).*(may not |no permissions to run the ')" + missing + ".*");
            }
            String uri = user(cluster, DOCUMENTED);

            try (ChatNode first = new ChatNode(uri, "chat", RedisBackendBuilder::shardedPubSub);
                    ChatNode second = new ChatNode(uri, "chat", RedisBackendBuilder::shardedPubSub)) {
                ChatNode.Client anne = first.client().joinGroup("anne", 100);
                ChatNode.Client bert = second.client().joinGroup("bert", 100);
                anne.speak("anne", 100, "hi");
                bert.hears(1, "hi");
            }
        }
    }

    private RedisBackendBuilder byShard(String uri) {
        return RedisBackend.builder(uri, runtime)
                .prefix("chat")
                .timeOut(Duration.ofSeconds(2))
                .shardedPubSub();
    }

    /** A command that a new script brings is to be looked for, too. */
    @Test
    void everyCommandOfTheScriptsIsTried() {
        Pattern command = Pattern.compile("'([A-Z]{3,})'(?=[,)]| or)");
        Set<String> tried = names(command, Script.RIGHTS.source());

        assertThat(Script.all())
                .flatExtracting(script -> script.source().lines().toList())
                .filteredOn(line -> line.contains("redis.call(") || line.contains("redis.pcall("))
                .flatExtracting(line ->
                        names(command, line.replaceAll("'(MINID|LIMIT|COUNT|WITHSCORES|WITHVALUES|NOMKSTREAM)'", "")))
                .isNotEmpty()
                .isSubsetOf(tried);
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-xadd|expected a user who may use keys and channels that begin with 'chat:'; this one may not XADD",
                "-xadd -publish|this one may not XADD, PUBLISH",
                "-zrangebylex|this one may not ZRANGEBYLEX",
                "resetkeys ~other:*|NOPERM this user has no permissions to access one of the keys",
                "resetchannels &other:*|this one may not PUBLISH",
                "-unsubscribe|the end of a subscription was not made: expected success; Redis answered: NOPERM",
                "-subscribe|subscription was not made: expected success; Redis answered: NOPERM",
                "-info|NOPERM",
                "-eval -evalsha|a look at its rights was not made: expected success; Redis answered: NOPERM",
            })
    void rightThatIsMissingIsSaidAtTheStart(String without, String why) {
        String uri = user(DOCUMENTED + " " + without);

        assertThatThrownBy(() -> RedisBackend.builder(uri, runtime)
                        .prefix("chat")
                        .timeOut(Duration.ofSeconds(2))
                        .open())
                .isInstanceOf(ImException.class)
                .hasMessageStartingWith("this Redis cannot be used: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }
}
