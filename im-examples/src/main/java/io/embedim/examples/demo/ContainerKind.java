package io.embedim.examples.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The containers that the demo can run in. */
enum ContainerKind {

    /** Tomcat. */
    TOMCAT,

    /** Jetty with its EE 10 servlets. */
    JETTY,

    /** Undertow. */
    UNDERTOW,

    /** Tyrus on Grizzly, without servlets. */
    TYRUS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ContainerKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    /** Loads the classes of this one only. */
    DemoContainer create() {
        return switch (this) {
            case TOMCAT -> new TomcatContainer();
            case JETTY -> new JettyContainer();
            case UNDERTOW -> new UndertowContainer();
            case TYRUS -> new TyrusContainer();
        };
    }
}
