package io.embedim.jakarta;

import java.net.URI;

/** A container under test, on a free port of the loopback. */
interface Container extends AutoCloseable {

    ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options);

    /** An annotated class, as the container's scan would find it. */
    void annotated(Class<?> endpoint);

    /** Starts it, after everything has been registered. */
    void start();

    int port();

    default URI uri(String path) {
        return URI.create("ws://localhost:" + port() + path);
    }

    @Override
    void close();

    /** Makes containers; a suite runs with one of them. */
    interface Kind {
        Container create();

        /** Whether a filter can stand in front of the upgrade. */
        boolean hasFilter();

        /** Whether a closed socket goes although its peer reads nothing; Grizzly first writes what waits. */
        default boolean cutsOffWhoDoesNotRead() {
            return true;
        }
    }

    /** Apache Tomcat, embedded. */
    final class OnTomcat implements Kind {
        @Override
        public Container create() {
            return new TomcatContainer();
        }

        @Override
        public boolean hasFilter() {
            return true;
        }
    }

    /** Tyrus on Grizzly, alone. */
    final class OnTyrus implements Kind {
        @Override
        public Container create() {
            return new TyrusContainer();
        }

        @Override
        public boolean hasFilter() {
            return false;
        }

        @Override
        public boolean cutsOffWhoDoesNotRead() {
            return false;
        }
    }
}
