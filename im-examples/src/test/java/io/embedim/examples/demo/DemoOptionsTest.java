package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoOptionsTest {

    private static final DemoOptions NONE = DemoOptions.DEFAULTS;

    static Stream<Arguments> right() {
        return Stream.of(
                arguments("", NONE),
                arguments("--port 0", NONE.withPort(0)),
                arguments("--port=65535", NONE.withPort(65535)),
                arguments("--host 0.0.0.0", NONE.withHost("0.0.0.0")),
                arguments("--host=::1", NONE.withHost("::1")),
                arguments("--container tomcat", NONE),
                arguments("--container=jetty", NONE.withContainer(ContainerKind.JETTY)),
                arguments("--container=undertow", NONE.withContainer(ContainerKind.UNDERTOW)),
                arguments("--container tyrus", NONE.withContainer(ContainerKind.TYRUS)),
                arguments("--profile classic", NONE),
                arguments("--profile secure", NONE.withProfile(Profile.SECURE)),
                arguments("--rate 5", NONE.withRate(5)),
                arguments("--drain 0", NONE.withDrain(Duration.ZERO)),
                arguments("--drain=3600", NONE.withDrain(Duration.ofHours(1))),
                arguments("--files /tmp/x", NONE.withFiles(Path.of("/tmp/x"))),
                arguments("--file-limit=1024", NONE.withFileMebibytes(1024)),
                arguments("--redis redis://h:1", NONE.withRedis("redis://h:1")),
                arguments("--require-avatar", NONE.withAvatarRequired(true)),
                arguments("--port 1 --port 2", NONE.withPort(2)),
                arguments(
                        "--profile=secure --require-avatar --port=80",
                        NONE.withProfile(Profile.SECURE)
                                .withAvatarRequired(true)
                                .withPort(80)));
    }

    @ParameterizedTest
    @MethodSource("right")
    void readsOptions(String line, DemoOptions expected) throws UsageException {
        assertThat(DemoOptions.parse(words(line))).isEqualTo(expected);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("--port", "--port needs a value; --help lists the options"),
                arguments("--port --host", "--port needs a value; --help lists the options"),
                arguments("--port=", "--port needs a value; --help lists the options"),
                arguments("--port x", "port is 'x'; expected a number from 0 to 65535"),
                arguments("--port -1", "port is '-1'; expected a number from 0 to 65535"),
                arguments("--port 65536", "port is '65536'; expected a number from 0 to 65535"),
                arguments("--port 999999999999", "port is '999999999999'; expected a number from 0 to 65535"),
                arguments("--host", "--host needs a value; --help lists the options"),
                arguments("--container", "--container needs a value; --help lists the options"),
                arguments("--container liberty", "container is 'liberty'; expected tomcat, jetty, undertow or tyrus"),
                arguments("--profile open", "profile is 'open'; expected classic or secure"),
                arguments("--profile SECURE", "profile is 'SECURE'; expected classic or secure"),
                arguments("--rate 0", "rate is '0'; expected a number of frames from 1 to 999999"),
                arguments("--rate -1", "rate is '-1'; expected a number of frames from 1 to 999999"),
                arguments("--drain", "--drain needs a value; --help lists the options"),
                arguments("--drain -1", "drain is '-1'; expected a number of seconds from 0 to 3600"),
                arguments("--drain 5s", "drain is '5s'; expected a number of seconds from 0 to 3600"),
                arguments("--drain 3601", "drain is '3601'; expected a number of seconds from 0 to 3600"),
                arguments("--file-limit 0", "file-limit is '0'; expected a number of MiB from 1 to 1024"),
                arguments("--file-limit 1025", "file-limit is '1025'; expected a number of MiB from 1 to 1024"),
                arguments("--redis", "--redis needs a value; --help lists the options"),
                arguments("--require-avatar=yes", "--require-avatar takes no value"),
                arguments("--verbose", "unknown option '--verbose'; --help lists the options"),
                arguments("--=", "unknown option '--'; --help lists the options"),
                arguments("8783", "unknown option '8783'; --help lists the options"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysInOneSentenceWhatIsWrong(String line, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> DemoOptions.parse(words(line)))
                .withMessage(message);
    }

    @Test
    void helpListsEveryOption() throws UsageException {
        assertThat(DemoOptions.parse("--help").help()).isTrue();
        assertThat(DemoOptions.USAGE)
                .contains(
                        "--port",
                        "--host",
                        "--container",
                        "--profile",
                        "--require-avatar",
                        "--rate",
                        "--drain",
                        "--files",
                        "--file-limit",
                        "--redis",
                        "--help");
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ", -1);
    }
}
