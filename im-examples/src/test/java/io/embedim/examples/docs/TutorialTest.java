package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds and runs the two applications of docs/tutorial.md as web applications of a Tomcat. */
class TutorialTest {

    @TempDir
    Path temp;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void everybodyChatsInTheFirstApplication() throws Exception {
        start("1-chat");
        Client aksu = new Client("");
        Client lamu = new Client("");

        aksu.send(frame("join", "10086"));
        assertThat(aksu.next()).contains("success");
        lamu.send(frame("join", "10000"));
        assertThat(lamu.next()).contains("success");
        lamu.send(frame("speak", "10000"));

        assertThat(aksu.next()).startsWith("{\"code\":0,\"msg\":\"10000[\\u7fa4\\u804a\\u8bf4]:Hello\"");
        assertThat(get("/chat/").body()).contains("new WebSocket(address)");
    }

    @Test
    void onlyWhoHasLoggedInChatsInTheSecondApplication() throws Exception {
        start("2-login");

        assertThat(get("/chat/").statusCode()).isEqualTo(401);
        assertThatThrownBy(() -> new Client(""))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        Client alice = new Client("alice:secret-a");
        alice.send(frame("join", "alice"));
        assertThat(alice.next()).contains("success");
        alice.send(frame("speak", "bob"));
        assertThat(alice.next()).startsWith("{\"code\":403,\"msg\":\"发送者与当前登录用户不一致\"");
    }

    /** The plugins that Maven 3.8 takes without a word are too old for this: its compiler plugin does not know {@code maven.compiler.release}. */
    @Test
    void theBuildFileNamesThePluginsThatThisBuildUses() throws IOException {
        String ours = Files.readString(Docs.ROOT.resolve("pom.xml"));
        String tutorials = Files.readString(Docs.ROOT.resolve("docs/tutorial/1-chat/pom.xml"));

        for (String plugin : List.of("maven-compiler-plugin", "maven-war-plugin")) {
            assertThat(version(tutorials, plugin)).as(plugin).isEqualTo(version(ours, plugin));
        }
    }

    private static String version(String pom, String plugin) {
        Matcher version = Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>(.+?)</version>")
                .matcher(pom);
        assertThat(version.find()).as("a version of %s", plugin).isTrue();
        return version.group(1);
    }

    private void start(String project) throws Exception {
        Path sources = Docs.ROOT.resolve("docs/tutorial").resolve(project).resolve("src/main");
        Path webapp = Files.createDirectory(temp.resolve("chat"));
        copy(Docs.ROOT.resolve("docs/tutorial/1-chat/src/main/webapp"), webapp);
        copy(sources.resolve("webapp"), webapp);
        compile(
                sources.resolve("java/com/example/chat/ChatListener.java"),
                Files.createDirectories(webapp.resolve("WEB-INF/classes")));
        tomcat.setBaseDir(temp.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        tomcat.addUser("alice", "secret-a");
        tomcat.addRole("alice", "chat");
        Context context = tomcat.addWebapp("/chat", webapp.toString());
        context.setParentClassLoader(getClass().getClassLoader());
        context.getJarScanner().setJarScanFilter((type, jar) -> jar.startsWith("tomcat-embed-websocket"));
        // The demo's other containers are on the class path of the tests, and would start in this one.
        context.setContainerSciFilter("^(?!org\\.apache\\.|io\\.embedim\\.)");
        tomcat.start();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-d", classes.toString(), "-proc:none");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as("%s compiles", source)
                    .isTrue();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri("http", path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + tomcat.getConnector().getLocalPort() + path);
    }

    private static String frame(String event, String user) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"" + user
                + "\",\"from_username\":\"" + user + "\",\"content\":\"Hello\"}";
    }

    /** A client that keeps what it gets. */
    private final class Client implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();
        private final WebSocket socket;

        Client(String login) {
            WebSocket.Builder builder = http.newWebSocketBuilder();
            if (!login.isEmpty()) {
                String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
                builder.header("Authorization", "Basic " + basic);
            }
            socket = builder.buildAsync(uri("ws", "/chat/im"), this).join();
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        String next() throws InterruptedException {
            String frame = frames.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within ten seconds").isNotNull();
            return frame;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                frames.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
