package io.embedim.examples.demo;

import static io.embedim.examples.Frames.joinAs;
import static io.embedim.examples.Frames.speakTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.WsClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that people run. */
class DemoJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("im.demo.jar")));

    @TempDir
    Path directory;

    @Test
    void runsByItself() throws Exception {
        try (DemoProcess demo = DemoProcess.ofJar(JAR, directory, "--port", "0")) {
            String url = demo.url();
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("js/main.js");
            WsClient one = WsClient.open(url + "im");
            WsClient two = WsClient.open(url);
            one.ask(joinAs("10086", "阿克苏"));
            two.ask(joinAs("10000", "拉姆才让"));
            one.send(speakTo("10000", "10086", "阿克苏", "a secret"));
            assertThat(two.next()).contains("阿克苏[单聊对]10000[说]:a secret");

            demo.terminate();

            assertThat(one.closeCode()).isEqualTo(4001);
            assertThat(two.closeCode()).isEqualTo(4001);
            assertThat(demo.exitCode(Duration.ofSeconds(5))).isIn(0, 143);
            assertThat(demo.out().lines())
                    .containsExactly("embedim demo ready: " + url + " (WebSocket at /im and /, profile classic)");
            assertThat(demo.err().lines()).allMatch(line -> line.contains(" INFO demo - event="));
            assertThat(demo.err()).contains("event=bound").doesNotContain("secret");
        }
    }

    @Test
    void saysInOneSentenceWhatIsWrong() throws Exception {
        try (DemoProcess demo = DemoProcess.ofJar(JAR, directory, "--port", "many")) {
            assertThat(demo.exitCode(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(demo.err().lines())
                    .containsExactly("embedim demo: port is 'many'; expected a number from 0 to 65535");
        }
    }

    @Test
    void carriesTheServicesAndTheLicencesOfWhatIsInside() throws IOException {
        assertThat(text("META-INF/services/jakarta.servlet.ServletContainerInitializer"))
                .contains("io.embedim.jakarta.ImInitializer", "org.apache.tomcat.websocket.server.WsSci");
        assertThat(text("META-INF/services/jakarta.validation.spi.ValidationProvider"))
                .contains("HibernateValidator");
        assertThat(text("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")).contains("SimpleServiceProvider");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).contains("Apache Tomcat");
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.startsWith("org/h2/") || name.endsWith("module-info.class"));
        }
    }

    private static String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
