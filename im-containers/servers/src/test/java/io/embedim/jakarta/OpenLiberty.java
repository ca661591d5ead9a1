package io.embedim.jakarta;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Open Liberty with the features of the web profile that the application needs; deploys what lies in a directory. */
final class OpenLiberty extends ServerProcess {

    private final Path home = SERVERS.resolve("wlp");
    private final Path server = work.resolve("servers/im");
    private final Path dropins = server.resolve("dropins");

    OpenLiberty() {
        super("liberty");
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(dropins);
        Files.writeString(server.resolve("server.xml"), """
                <server>
                    <featureManager>
                        <feature>servlet-6.0</feature>
                        <feature>websocket-2.1</feature>
                        <feature>cdi-4.0</feature>
                    </featureManager>
                    <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                    <applicationMonitor pollingRate="100ms"/>
                </server>
                """.formatted(port));
    }

    @Override
    List<String> arguments() {
        return List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "im");
    }

    @Override
    Map<String, String> environment() {
        return Map.of("WLP_USER_DIR", work.toString());
    }

    /** Liberty looks for annotated methods in the class itself only, and refuses an application where it finds none (CWWKH0002E). */
    @Override
    boolean inheritsAnnotations() {
        return false;
    }

    @Override
    Path war() throws IOException {
        Path without = Files.copy(super.war(), work.resolve("im.war"), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(without)) {
            Files.delete(zip.getPath("WEB-INF/classes/io/embedim/war/ChatEndpoint.class"));
        }
        return without;
    }

    @Override
    void beginDeploy() throws IOException {
        putInto(dropins, war());
    }

    @Override
    void beginUndeploy() throws IOException {
        Files.delete(dropins.resolve("im.war"));
    }
}
