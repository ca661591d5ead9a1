package io.embedim.jakarta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** WildFly with its default configuration; deploys what lies in a directory. */
final class WildFly extends ServerProcess {

    private final Path home = SERVERS.resolve(property("im.wildfly"));
    private final Path deployments = work.resolve("deployments");

    WildFly() {
        super("wildfly");
    }

    @Override
    void prepare() throws IOException {
        copy(home.resolve("standalone/configuration"), work.resolve("configuration"));
        Files.createDirectories(deployments);
        Path configuration = work.resolve("configuration/standalone.xml");
        String xml = Files.readString(configuration);
        Files.writeString(configuration, xml.replace("scan-interval=\"5000\"", "scan-interval=\"100\""));
    }

    @Override
    List<String> arguments() {
        return List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
                "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + work,
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + freePort(),
                "-Djboss.management.http.port=" + freePort());
    }

    @Override
    void beginDeploy() throws IOException {
        putInto(deployments, war());
        Files.writeString(deployments.resolve("im.war.dodeploy"), "");
    }

    /** By taking away the marker that the server has put there. */
    @Override
    void beginUndeploy() throws IOException {
        Files.delete(deployments.resolve("im.war.deployed"));
    }
}
