package io.embedim.examples.demo;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the container quiet: what goes wrong at the start is said in one sentence by the demo itself. */
final class DemoLogging {

    /** Held here, because the JDK keeps loggers, and with them their levels, only weakly. */
    private static final List<Logger> CONTAINERS = Stream.of(
                    "org.apache", "org.hibernate", "io.undertow", "org.xnio", "org.jboss", "org.glassfish")
            .map(Logger::getLogger)
            .toList();

    /** It warns of what a web application leaves behind in a process that goes on; this one ends with its process. */
    private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

    private DemoLogging() {}

    static void quiet() {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        LEAKS.setLevel(Level.OFF);
        level(Level.OFF);
    }

    static void warnings() {
        level(Level.WARNING);
    }

    private static void level(Level level) {
        CONTAINERS.forEach(logger -> logger.setLevel(level));
    }
}
