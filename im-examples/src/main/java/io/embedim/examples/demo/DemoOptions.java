package io.embedim.examples.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

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
            case "--redis" -> withRedis(value(name, rest));
            case "--help", "-h" ->
                new DemoOptions(
                        host, port, container, profile, avatarRequired, operationsForAll, rate, drain, redis, true);
            default -> throw new UsageException("unknown option '" + name + "'; --help lists the options");
        };
    }

    DemoOptions withHost(String address) {
        return new DemoOptions(
                address, port, container, profile, avatarRequired, operationsForAll, rate, drain, redis, help);
    }

    DemoOptions withPort(int number) {
        return new DemoOptions(
                host, number, container, profile, avatarRequired, operationsForAll, rate, drain, redis, help);
    }

    DemoOptions withContainer(ContainerKind kind) {
        return new DemoOptions(host, port, kind, profile, avatarRequired, operationsForAll, rate, drain, redis, help);
    }

    DemoOptions withProfile(Profile trust) {
        return new DemoOptions(
                host, port, container, trust, avatarRequired, operationsForAll, rate, drain, redis, help);
    }

    DemoOptions withAvatarRequired(boolean required) {
        return new DemoOptions(host, port, container, profile, required, operationsForAll, rate, drain, redis, help);
    }

    DemoOptions withDrain(Duration time) {
        return new DemoOptions(
                host, port, container, profile, avatarRequired, operationsForAll, rate, time, redis, help);
    }

    DemoOptions withRate(int frames) {
        return new DemoOptions(
                host, port, container, profile, avatarRequired, operationsForAll, frames, drain, redis, help);
    }

    DemoOptions withOperationsForAll(boolean all) {
        return new DemoOptions(host, port, container, profile, avatarRequired, all, rate, drain, redis, help);
    }

    DemoOptions withRedis(String uri) {
        return new DemoOptions(
                host, port, container, profile, avatarRequired, operationsForAll, rate, drain, uri, help);
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
