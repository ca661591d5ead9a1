package io.embedim.jakarta;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.function.Consumer;

/** A container under test, on a free port of the loopback. */
interface Container extends AutoCloseable {

    ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options);

    /** An annotated class, as the container's scan would find it. */
    void annotated(Class<?> endpoint);

    /** Runs something while the application starts, with all rights of a listener in web.xml. */
    default void onStart(Consumer<ServletContext> setup) {
        throw new UnsupportedOperationException("no servlets here");
    }

    /** An initializer, as the container's scan would find it in a jar. */
    default void initializer(ServletContainerInitializer initializer) {
        throw new UnsupportedOperationException("no servlets here");
    }

    /** Makes the container itself ask for {@link #USER} and {@link #PASSWORD} in front of a path. */
    default void requireLogin(String path) {
        throw new UnsupportedOperationException("no servlets here");
    }

    String USER = "10000";
    String PASSWORD = "secret";

    /** Starts it, after everything has been registered. */
    void start();

    /** Ends the application, and leaves the server running. */
    void undeploy();

    int port();

    default URI uri(String path) {
        return URI.create("ws://localhost:" + port() + path);
    }

    @Override
    void close();

    /** Makes containers; a suite runs with one of them. What a container is not able to do, it says here. */
    interface Kind {
        Container create();

        /** Whether there are web applications: with a filter in front of the upgrade, a login, and an end of their own. */
        default boolean hasServlets() {
            return true;
        }

        /** How endpoints are registered. */
        default ImEndpointOptions options() {
            return ImEndpointOptions.defaults();
        }

        /** How what is written goes out. */
        SendPath sendPath();

        /** Whether frames that are written together share system calls. */
        default boolean batches() {
            return true;
        }

        /** Whether a closed socket goes although its peer reads nothing; Grizzly first writes what waits. */
        default boolean cutsOffWhoDoesNotRead() {
            return true;
        }

        /**
         * Whether a connection that both sides close at once may be opened a second time. Grizzly's filter takes what still comes in for a new request with the old headers, does
         * the handshake again, finds that the socket is closed, and ends the session with 1001.
         */
        default boolean opensClosedConnectionsAgain() {
            return false;
        }
    }
}
