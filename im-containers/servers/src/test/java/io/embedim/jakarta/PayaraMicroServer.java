package io.embedim.jakarta;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Payara Micro, started by its API in a process of its own, because only the API can undeploy. */
final class PayaraMicroServer extends ServerProcess {

    /** What the manifest of its jar asks for, which holds only for {@code java -jar}. */
    private static final List<String> OPENS = List.of(
            "java.base/jdk.internal.loader",
            "java.base/java.lang",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/sun.nio.ch",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal",
            "java.base/sun.net.www.protocol.jrt",
            "java.base/sun.net.www.protocol.jar",
            "java.base/java.io",
            "java.naming/javax.naming.spi",
            "java.rmi/sun.rmi.transport",
            "java.logging/java.util.logging",
            "java.management/javax.management",
            "java.management/javax.management.openmbean");

    PayaraMicroServer() {
        super("payara");
    }

    /** With 32 senders, writes to some of the clients did not end in one of three runs, and the core closed them with 4002. */
    @Override
    boolean tellsOfEveryWrite() {
        return false;
    }

    @Override
    void prepare() {}

    @Override
    List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        OPENS.forEach(opened -> arguments.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        arguments.add("-Djava.io.tmpdir=" + work);
        arguments.add("-cp");
        arguments.add(locationOf(PayaraMicro.class) + File.pathSeparator + locationOf(Main.class));
        arguments.add(Main.class.getName());
        arguments.add(work.toString());
        arguments.add(String.valueOf(port));
        arguments.add(war().toString());
        return arguments;
    }

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void beginDeploy() throws IOException {
        tell(Command.DEPLOY);
    }

    @Override
    void beginUndeploy() throws IOException {
        tell(Command.UNDEPLOY);
    }

    private void tell(Command command) throws IOException {
        var out = process().getOutputStream();
        out.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private enum Command {
        DEPLOY,
        UNDEPLOY
    }

    /** The process. Does what it is told line by line, and ends with its input. */
    static final class Main {

        private static final String LISTENER =
                "configs.config.server-config.network-config.network-listeners.network-listener.http-listener";

        private Main() {}

        public static void main(String[] args) throws BootstrapException, IOException {
            File war = new File(args[2]);
            PayaraMicro micro = PayaraMicro.getInstance()
                    .setRootDir(new File(args[0], "root"))
                    .setHttpPort(Integer.parseInt(args[1]))
                    .setNoCluster(true);
            micro.setPreBootHandler(commands -> commands.run("set", LISTENER + ".address=127.0.0.1"));
            PayaraMicroRuntime payara = micro.bootStrap();
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                @Nullable String line;
                while ((line = in.readLine()) != null) {
                    switch (Command.valueOf(line.toUpperCase(Locale.ROOT))) {
                        case DEPLOY -> payara.deploy("im", "im", war);
                        case UNDEPLOY -> payara.undeploy("im");
                    }
                }
            }
            payara.shutdown();
        }
    }
}
