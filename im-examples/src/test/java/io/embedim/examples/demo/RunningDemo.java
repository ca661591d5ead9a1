package io.embedim.examples.demo;

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

    public static RunningDemo startAt(int port) {
        return start(DemoOptions.DEFAULTS.withPort(port));
    }

    private static RunningDemo start(DemoOptions options) {
        try {
            return new RunningDemo(Demo.start(options));
        } catch (UsageException e) {
            throw new AssertionError("this test needs the demo, but " + e.getMessage(), e);
        }
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
