package io.embedim.examples.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** A demo for the tests of other packages. */
public final class RunningDemo implements AutoCloseable {

    private final Demo demo;

    private RunningDemo(Demo demo) {
        this.demo = demo;
    }

    public static RunningDemo start() {
        return start(DemoOptions.DEFAULTS.withPort(0));
    }

    public static RunningDemo startSecure() {
        return start(DemoOptions.DEFAULTS.withPort(0).withProfile(Profile.SECURE));
    }

    /** The names of all containers. */
    public static Stream<String> containers() {
        return Arrays.stream(ContainerKind.values()).map(ContainerKind::label);
    }

    /** In the container of this name. */
    public static RunningDemo startIn(String container, int port) {
        return start(DemoOptions.DEFAULTS
                .withPort(port)
                .withContainer(ContainerKind.of(container).orElseThrow()));
    }

    public static RunningDemo startAt(int port) {
        return start(DemoOptions.DEFAULTS.withPort(port));
    }

    /** One of several that share a Redis. */
    public static RunningDemo startOn(String redis) {
        return start(DemoOptions.DEFAULTS.withPort(0).withRedis(redis));
    }

    private static RunningDemo start(DemoOptions options) {
        try {
            return new RunningDemo(Demo.start(options));
        } catch (UsageException e) {
            throw new AssertionError("this test needs the demo, but " + e.getMessage(), e);
        }
    }

    /** Sees its clients out, who are told to come back a second or two later; the demo is still there to refuse others. */
    public void drain() {
        demo.server()
                .drain(Duration.ofSeconds(5), Duration.ofSeconds(2))
                .toCompletableFuture()
                .join();
    }

    /** How many connections it has. */
    public int connections() {
        return demo.server().connections();
    }

    public String url() {
        return demo.url();
    }

    public int port() {
        return demo.port();
    }

    @Override
    public void close() {
        demo.close();
    }
}
