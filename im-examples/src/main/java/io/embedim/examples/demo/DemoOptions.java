package io.embedim.examples.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the command line says.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param container what to run in
 * @param profile how much clients are trusted
 * @param avatarRequired whether frames need {@code from_avatar}
 * @param operationsForAll whether metrics and health are for everybody, and not only for this machine
 * @param rate how many frames a connection may send in a second; 0 is any number
 * @param drain how long connections may take to end when the demo is told to
 * @param files where files that people send are kept; where none is named, a folder that ends with the demo
 * @param fileMebibytes how large such a file may be
 * @param data where what is said is kept, or nowhere but in memory
 * @param redis where the Redis is that this demo shares with others, or empty for a demo by itself
 * @param help whether only the usage is to be shown
 */
record DemoOptions(
        String host,
        int port,
        ContainerKind container,
        Profile profile,
        boolean avatarRequired,
        boolean operationsForAll,
        int rate,
        Duration drain,
        Optional<Path> files,
        int fileMebibytes,
        Optional<Path> data,
        String redis,
        boolean help) {

    static final DemoOptions DEFAULTS = new DemoOptions(
            "127.0.0.1",
            8783,
            ContainerKind.TOMCAT,
            Profile.CLASSIC,
            false,
            false,
            0,
            Duration.ofSeconds(5),
            Optional.empty(),
            10,
            Optional.empty(),
            "",
            false);

    static final String USAGE = """
            Usage: java -jar im-demo.jar [options]

              --port N                   port to listen on; 0 takes any free one (default 8783)
              --host ADDRESS             address to listen on (default 127.0.0.1)
              --container NAME           tomcat, jetty, undertow or tyrus (default tomcat); tyrus, on Grizzly, has no servlets:
                                         who may not come in is not refused with an HTTP status but closed at once
              --profile classic|secure   classic: clients are who they say, from any page, as in the original;
                                         secure: clients log in first and speak in groups they joined (default classic)
              --require-avatar           frames need from_avatar
              --operations-for-all       /metrics and /health are for everybody, not only for this machine
              --rate N                   a connection may send N frames a second, and at most twice as many at once (default: any number)
              --drain SECONDS            when told to end: see clients out for so long at the most, and tell them when to come back;
                                         0 cuts them off (default 5)
              --files DIRECTORY          keep the files that people send there (default: a new one, deleted at the end)
              --file-limit MIB           a file may have so many MiB, 1 to 1024 (default 10)
              --data DIRECTORY           keep there what is said, and find it again next time (default: in memory)
              --redis URI                share users and groups with every demo that names the same Redis, such as redis://127.0.0.1:6379
                                         (default: one demo by itself)
              --help                     show this and stop
            """;

    static DemoOptions parse(String... args) throws UsageException {
        DemoOptions options = DEFAULTS;
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String word = rest.remove();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(word.substring(equals + 1));
            }
            int before = rest.size();
            options = options.with(name, rest);
            if (equals >= 0 && rest.size() == before) {
                throw new UsageException(name + " takes no value");
            }
        }
        return options;
    }

    private DemoOptions with(String name, Deque<String> rest) throws UsageException {
        return switch (name) {
            case "--port" -> withPort(port(value(name, rest)));
            case "--host" -> withHost(value(name, rest));
            case "--container" -> withContainer(container(value(name, rest)));
            case "--profile" -> withProfile(profile(value(name, rest)));
            case "--require-avatar" -> withAvatarRequired(true);
            case "--operations-for-all" -> withOperationsForAll(true);
            case "--rate" -> withRate(rate(value(name, rest)));
            case "--drain" -> withDrain(drain(value(name, rest)));
            case "--files" -> withFiles(Path.of(value(name, rest)));
            case "--file-limit" -> withFileMebibytes(mebibytes(value(name, rest)));
            case "--data" -> withData(Path.of(value(name, rest)));
            case "--redis" -> withRedis(value(name, rest));
            case "--help", "-h" -> changed(values -> values.help = true);
            default -> throw new UsageException("unknown option '" + name + "'; --help lists the options");
        };
    }

    DemoOptions withHost(String address) {
        return changed(values -> values.host = address);
    }

    DemoOptions withPort(int number) {
        return changed(values -> values.port = number);
    }

    DemoOptions withContainer(ContainerKind kind) {
        return changed(values -> values.container = kind);
    }

    DemoOptions withProfile(Profile trust) {
        return changed(values -> values.profile = trust);
    }

    DemoOptions withAvatarRequired(boolean required) {
        return changed(values -> values.avatarRequired = required);
    }

    DemoOptions withOperationsForAll(boolean all) {
        return changed(values -> values.operationsForAll = all);
    }

    DemoOptions withRate(int frames) {
        return changed(values -> values.rate = frames);
    }

    DemoOptions withDrain(Duration time) {
        return changed(values -> values.drain = time);
    }

    DemoOptions withFiles(Path directory) {
        return changed(values -> values.files = Optional.of(directory));
    }

    DemoOptions withFileMebibytes(int limit) {
        return changed(values -> values.fileMebibytes = limit);
    }

    DemoOptions withData(Path directory) {
        return changed(values -> values.data = Optional.of(directory));
    }

    DemoOptions withRedis(String uri) {
        return changed(values -> values.redis = uri);
    }

    private DemoOptions changed(Consumer<Values> change) {
        Values values = new Values(this);
        change.accept(values);
        return new DemoOptions(
                values.host,
                values.port,
                values.container,
                values.profile,
                values.avatarRequired,
                values.operationsForAll,
                values.rate,
                values.drain,
                values.files,
                values.fileMebibytes,
                values.data,
                values.redis,
                values.help);
    }

    /** Options while one of them is changed. */
    private static final class Values {

        private String host;
        private int port;
        private ContainerKind container;
        private Profile profile;
        private boolean avatarRequired;
        private boolean operationsForAll;
        private int rate;
        private Duration drain;
        private Optional<Path> files;
        private int fileMebibytes;
        private Optional<Path> data;
        private String redis;
        private boolean help;

        Values(DemoOptions options) {
            host = options.host();
            port = options.port();
            container = options.container();
            profile = options.profile();
            avatarRequired = options.avatarRequired();
            operationsForAll = options.operationsForAll();
            rate = options.rate();
            drain = options.drain();
            files = options.files();
            fileMebibytes = options.fileMebibytes();
            data = options.data();
            redis = options.redis();
            help = options.help();
        }
    }

    private static String value(String name, Deque<String> rest) throws UsageException {
        String value = rest.poll();
        if (value == null || value.isEmpty() || value.startsWith("--")) {
            throw new UsageException(name + " needs a value; --help lists the options");
        }
        return value;
    }

    private static int port(String text) throws UsageException {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port <= 65535) {
                return port;
            }
        }
        throw new UsageException("port is '" + text + "'; expected a number from 0 to 65535");
    }

    private static int rate(String text) throws UsageException {
        if (text.matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(text);
        }
        throw new UsageException("rate is '" + text + "'; expected a number of frames from 1 to 999999");
    }

    private static Duration drain(String text) throws UsageException {
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= 3600) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        throw new UsageException("drain is '" + text + "'; expected a number of seconds from 0 to 3600");
    }

    private static int mebibytes(String text) throws UsageException {
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= 1024) {
            return Integer.parseInt(text);
        }
        throw new UsageException("file-limit is '" + text + "'; expected a number of MiB from 1 to 1024");
    }

    private static ContainerKind container(String text) throws UsageException {
        return ContainerKind.of(text)
                .orElseThrow(() ->
                        new UsageException("container is '" + text + "'; expected tomcat, jetty, undertow or tyrus"));
    }

    private static Profile profile(String text) throws UsageException {
        return Profile.of(text)
                .orElseThrow(() -> new UsageException("profile is '" + text + "'; expected classic or secure"));
    }
}
