package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL of the test's own, in a directory of its own, on a free port of the loopback. It runs as the user {@code postgres} where the test runs as root, because it refuses root.
 * Where none is installed the test is skipped, with that as its reason; with {@code postgres} in the environment variable {@code IM_REQUIRE} it fails instead.
 */
final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path programs;
    private final Path directory;
    private final int port;

    private Postgres(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    /** Makes one and starts it, in memory where that can be; with fsync, what it has committed is where the files are. */
    static Postgres start(boolean fsync) {
        return start(fsync, Pools::quickDirectory);
    }

    static Postgres start(boolean fsync, Supplier<Path> place) {
        Path programs = require();
        Path directory = place.get();
        Postgres server = new Postgres(programs, directory, freePort());
        try {
            if (isRoot()) {
                UserPrincipal user = directory
                        .getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(USER);
                Files.setOwner(directory, user);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.run("initdb", "-D", server.data(), "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync");
        server.startAgain(fsync);
        return server;
    }

    void startAgain(boolean fsync) {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync="
                + (fsync ? "on" : "off");
        run("pg_ctl", "-D", data(), "-w", "-l", directory.resolve("log").toString(), "-o", options, "start");
    }

    /** As a crash does: nothing is written out. */
    void kill() {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    int port() {
        return port;
    }

    String url(String host, int at) {
        return "jdbc:postgresql://" + host + ":" + at + "/postgres";
    }

    HikariDataSource pool() {
        return Pools.pool(url("127.0.0.1", port), USER);
    }

    @Override
    public void close() {
        kill();
        Pools.delete(directory);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            // Into a file: the server inherits it, and a pipe would be open as long as the server runs.
            Path said = directory.resolve(program + ".out");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(command + " failed: " + Files.readString(said, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    private static Path require() {
        Optional<Path> found = programs();
        if (found.isEmpty()) {
            String reason = "no initdb on the PATH or below /usr/lib/postgresql";
            if (Set.of(System.getenv().getOrDefault("IM_REQUIRE", "").split("[,\\s]+", -1))
                    .contains("postgres")) {
                throw new AssertionError(reason + ", but IM_REQUIRE demands postgres");
            }
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    private static Optional<Path> programs() {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.concat(onPath, ofDebian())
                .filter(directory -> Files.isExecutable(directory.resolve("initdb")))
                .findFirst();
    }

    private static Stream<Path> ofDebian() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
