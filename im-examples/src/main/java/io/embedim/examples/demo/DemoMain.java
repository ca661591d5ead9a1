package io.embedim.examples.demo;

/** Starts the demo from the command line. */
public final class DemoMain {

    private static final int WRONG_USAGE = 2;

    private DemoMain() {}

    /**
     * Starts the demo and stays until the process is told to end. Ends with code 2 where it cannot start as it was told.
     *
     * @param args the options; {@code --help} lists them
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        DemoLogging.quiet();
        try {
            DemoOptions options = DemoOptions.parse(args);
            if (options.help()) {
                System.out.print(DemoOptions.USAGE);
            } else {
                run(options);
            }
        } catch (UsageException e) {
            System.err.println("embedim demo: " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    private static void run(DemoOptions options) throws UsageException, InterruptedException {
        Demo demo = Demo.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "embedim-demo-stop"));
        System.out.println("embedim demo ready: " + demo.url() + " (WebSocket at /im and /, profile "
                + options.profile().label() + ", container "
                + options.container().label() + ")");
        demo.awaitClosed();
    }
}
