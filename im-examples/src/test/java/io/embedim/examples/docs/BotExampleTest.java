package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.client.Address;
import io.embedim.client.ChatClient;
import io.embedim.client.ChatEvent;
import io.embedim.client.ClientOptions;
import io.embedim.client.Content;
import io.embedim.client.Entry;
import io.embedim.client.Watermark;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/how-to/write-a-bot.md shows, against a server in Tomcat. */
@SuppressWarnings("FutureReturnValueIgnored") // The events tell what has become of it.
class BotExampleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addApplicationListener(Chat.class.getName());
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aBotAnswersWhoSpeaksToIt() {
        List<String> heard = new CopyOnWriteArrayList<>();

        try (ChatClient bot = echo(uri("echo"));
                ChatClient ann = ChatClient.connect(uri("ann"), ClientOptions.of("ann", "phone"), (client, event) -> {
                    if (event instanceof ChatEvent.Shown shown) {
                        heard.add(shown.entry().content().text());
                    }
                })) {
            // tag::say[]
            ChatEvent.Acked acked = ann.say(Address.user("echo"), "hello", Duration.ofSeconds(10));
            // end::say[]

            assertThat(acked.position().seq()).isEqualTo(1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly("hello", "you said: hello"));
            assertThat(bot.with(session -> session.unanswered()))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(0);
        }
    }

    // tag::bot[]
    static ChatClient echo(URI uri) {
        return ChatClient.connect(uri, ClientOptions.of("echo", "the one server"), (bot, event) -> {
            if (event instanceof ChatEvent.Shown shown && !shown.again()) {
                answer(bot, shown.entry());
            }
        });
    }

    private static void answer(ChatClient bot, Entry message) {
        if (message.sender().equals("echo") || message.recalled()) {
            return;
        }
        bot.speak(
                Address.of(message.conv()),
                Content.text("you said: " + message.content().text()));
        bot.with(session -> {
            session.mark(Watermark.READ, message.conv());
            return true;
        });
    }
    // end::bot[]

    private URI uri(String user) {
        return URI.create("ws://localhost:" + tomcat.getConnector().getLocalPort() + "/im?user=" + user);
    }

    /** Everybody is who the address says. */
    public static class Chat implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            ImServer server = ImServer.builder()
                    .authenticator(
                            handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(Identity.of(
                                    UserId.of(handshake.queryParameter("user").orElse("nobody"))))))
                    .v2(V2Settings.inMemory())
                    .build();
            ImEndpoints.register(
                    event.getServletContext(),
                    "/im",
                    server,
                    ImEndpointOptions.defaults().withCloseServerWithContext(true));
        }
    }
}
