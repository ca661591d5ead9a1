package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedExampleTest {

    @TempDir
    Path temp;

    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void start() throws Exception {
        tomcat.setBaseDir(temp.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(new io.embedim.jakarta.ImInitializer(), null);
        // Without any servlet at "/" Tomcat answers 404 before it comes to filters.
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addApplicationListener(TwoChats.class.getName());
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void bothEndpointsAnswer() throws Exception {
        assertThat(pong("/staff", sameHost())).contains("心跳检测");
        assertThat(pong("/support", sameHost())).contains("心跳检测");
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        for (String path : new String[] {"/staff", "/support"}) {
            assertThatThrownBy(() -> pong(path, "https://evil.example.com"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(403));
        }
    }

    private String sameHost() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    private String pong(String path, String origin) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        URI uri = URI.create("ws://localhost:" + tomcat.getConnector().getLocalPort() + path);
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        answer.complete(text.toString());
                        return null;
                    }
                })
                .join();
        socket.sendText("{\"event\":\"ping\"}", true).join();
        return answer.get(10, TimeUnit.SECONDS);
    }
}
