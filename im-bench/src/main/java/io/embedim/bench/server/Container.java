package io.embedim.bench.server;

/** An embedded container on the loopback address, with the container's own defaults. It runs as long as the process does. */
interface Container {

    /**
     * Starts it.
     *
     * @param port where to listen, 0 for any free port
     * @param endpoints what to open in it
     * @throws Exception as the container's own
     */
    void start(int port, Endpoints endpoints) throws Exception;

    /** Where it listens. */
    int port();

    /** Each container is on the class path alone; so only the chosen class may be touched. */
    static Container named(String name) {
        return switch (name) {
            case "tomcat" -> new TomcatContainer();
            case "jetty" -> new JettyContainer();
            case "undertow" -> new UndertowContainer();
            case "tyrus" -> new TyrusContainer();
            default ->
                throw new IllegalArgumentException(
                        "no container '" + name + "'; expected tomcat, jetty, undertow or tyrus");
        };
    }
}
