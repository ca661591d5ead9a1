package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.interceptor.InboundInterceptor;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.interceptor.Recipient;
import io.embedim.interceptor.Verdict;
import io.embedim.security.Actor;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InterceptorExampleTest {

    private static final String FRAME =
            "{\"event\":\"%s\",\"mode\":2,\"group_id\":100,\"from_user_id\":1,\"from_username\":\"Anne\",\"content\":\"%s\"}";

    private final ManualRuntime runtime = new ManualRuntime();

    // tag::filter[]
    /** Refuses links, and hides words. */
    static final class WordFilter implements InboundInterceptor {

        private static final Pattern LINK = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
        private final Pattern hidden;

        WordFilter(Pattern hidden) {
            this.hidden = hidden;
        }

        @Override
        public CompletionStage<Verdict> intercept(Actor sender, Draft message) {
            String content = message.content();
            if (LINK.matcher(content).find()) {
                return Verdict.refuse(422, "no links, please").now();
            }
            String clean = hidden.matcher(content).replaceAll("***");
            return clean.equals(content)
                    ? Verdict.passNow()
                    : Verdict.content(clean).now();
        }
    }
    // end::filter[]

    // tag::translate[]
    /** Has each message translated once, before it is published; the translation stays with it as the field {@code fr}. */
    record French(Translations translations) implements InboundInterceptor {

        @Override
        public CompletionStage<Verdict> intercept(Actor sender, Draft message) {
            return translations.toFrench(message.content()).thenApply(text -> Verdict.text("fr", text));
        }
    }

    /** Who has chosen French reads the translation. */
    static final class InTheirLanguage implements OutboundInterceptor {

        @Override
        public String variant(Recipient recipient) {
            return recipient.attributes().getOrDefault("language", "");
        }

        @Override
        public Verdict intercept(Message message, String variant) {
            return variant.equals("fr") ? Verdict.content(textOf(message.draft().json(), "fr")) : Verdict.pass();
        }
    }
    // end::translate[]

    /** The application's own; must not block. */
    interface Translations {
        CompletionStage<String> toFrench(String text);
    }

    /** With a JSON library of your choice. */
    private static String textOf(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : "?";
    }

    @Test
    void wordsAreHiddenAndLinksRefused() {
        // tag::register[]
        ImServerBuilder builder = ImServer.builder().trustClaims().inbound(new WordFilter(Pattern.compile("(?i)darn")));
        // end::register[]
        try (ImServer server = builder.runtime(runtime).build()) {
            RecordingConnection anne = new RecordingConnection();
            Inbound client = server.open(anne, Handshake.at("/im").build());

            say(client, "join", "x");
            say(client, "speak", "Darn it");
            say(client, "speak", "see https://example.org");

            assertThat(anne.frames()).hasSize(3);
            assertThat(anne.frames().get(1)).contains("\"msg\":\"Anne[\\u7fa4\\u804a\\u8bf4]:*** it\"");
            assertThat(anne.frames().get(2)).startsWith("{\"code\":422,\"msg\":\"no links, please\",\"data\":");
        }
    }

    @Test
    void eachReadsTheOwnLanguage() {
        Translations translations = text -> CompletableFuture.completedFuture("Bonjour");
        // tag::languages[]
        ImServerBuilder builder = ImServer.builder()
                .trustClaims()
                .attributes(handshake ->
                        Map.of("language", handshake.queryParameter("language").orElse("")))
                .inbound(new French(translations))
                .outbound(new InTheirLanguage());
        // end::languages[]
        try (ImServer server = builder.runtime(runtime).build()) {
            RecordingConnection anne = new RecordingConnection();
            RecordingConnection amelie = new RecordingConnection();
            Inbound client = server.open(anne, Handshake.at("/im").build());
            say(client, "join", "x");
            say(
                    server.open(
                            amelie,
                            Handshake.at("/im")
                                    .query(Map.of("language", List.of("fr")))
                                    .build()),
                    "join",
                    "x");

            say(client, "speak", "Hello");

            assertThat(anne.frames().get(1)).contains("\"msg\":\"Anne[\\u7fa4\\u804a\\u8bf4]:Hello\"");
            assertThat(amelie.frames().get(1)).contains("\"msg\":\"Anne[\\u7fa4\\u804a\\u8bf4]:Bonjour\"");
        }
    }

    private void say(Inbound client, String event, String content) {
        client.received(FRAME.formatted(event, content), true);
        runtime.runAll();
    }
}
