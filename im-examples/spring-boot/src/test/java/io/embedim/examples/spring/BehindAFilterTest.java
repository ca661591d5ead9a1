package io.embedim.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.security.Authenticator;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The user that a filter of the application has found, as Spring Security's does, is the user of the connection. */
class BehindAFilterTest {

    private ConfigurableApplicationContext application;
    private URI chat;

    @EnableAutoConfiguration
    static class Application {

        @Bean(destroyMethod = "close")
        ImServer imServer() {
            return ImServer.builder()
                    .authenticator(Authenticator.containerPrincipal())
                    .build();
        }

        @Bean
        ServletContextInitializer imEndpoint(ImServer server) {
            return context -> ImEndpoints.register(context, "/im", server);
        }

        /** In the place where Spring Security's is. */
        @Bean
        FilterRegistrationBean<Filter> login() {
            FilterRegistrationBean<Filter> login = new FilterRegistrationBean<>(
                    (request, response, chain) -> chain.doFilter(new LoggedIn((HttpServletRequest) request), response));
            login.setOrder(-100);
            return login;
        }
    }

    /** Believes a header, which a real filter would not. */
    private static final class LoggedIn extends HttpServletRequestWrapper {

        LoggedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            String user = getHeader("X-User");
            return user == null ? null : () -> user;
        }
    }

    @BeforeEach
    void start() {
        application = new SpringApplicationBuilder(Application.class)
                .properties(Map.of("server.port", "0", "server.address", "127.0.0.1"))
                .run();
        int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        chat = URI.create("ws://127.0.0.1:" + port + "/im");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void userOfTheFilterIsTheUserOfTheConnection() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("X-User", "anne")
                .buildAsync(chat, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(10, TimeUnit.SECONDS);

        var sent = socket.sendText(
                "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"bert\",\"from_username\":\"Bert\",\"content\":\"c\"}",
                true);

        sent.get(10, TimeUnit.SECONDS);
        assertThat(answer.get(10, TimeUnit.SECONDS)).startsWith("{\"code\":403,");
        socket.abort();
    }

    @Test
    void whoHasNotLoggedInIsRefusedBeforeTheUpgrade() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(chat, new WebSocket.Listener() {})
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
