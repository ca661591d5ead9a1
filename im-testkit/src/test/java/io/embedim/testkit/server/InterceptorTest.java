package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.Speech;
import io.embedim.connection.Handshake;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.interceptor.Recipient;
import io.embedim.interceptor.Verdict;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.monitor.Rejection;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InterceptorTest {

    private static final String UNAVAILABLE = "503 服务暂时不可用,请稍后重试";

    private final ManualRuntime runtime = new ManualRuntime();

    private Clients clients(ImServerBuilder builder) {
        return new Clients(runtime, builder);
    }

    private static ImServerBuilder classic() {
        return ImServer.builder().classicProfile();
    }

    @Test
    void whatIsChangedOnItsWayInIsWhatEverybodyHears() {
        Clients clients = clients(classic()
                .inbound((sender, message) ->
                        Verdict.content(message.content().replace("bad", "***")).now()));
        Clients.Client bob = clients.open().joinGroup("bob", 100);
        bob.heard();

        clients.open().send(Clients.frame("speak", 2, 100, "alice", "\"extra\":1.50,\"content\":\"a bad word\""));

        assertThat(bob.connection.frames())
                .containsExactly("{\"code\":0,\"msg\":\"alice[\\u7fa4\\u804a\\u8bf4]:a *** word\",\"data\":"
                        + Clients.frame("speak", 2, 100, "alice", "\"extra\":1.50,\"content\":\"a *** word\"") + "}");
    }

    @Test
    void eachSeesWhatTheOneBeforeHasMade() {
        List<String> seen = new ArrayList<>();
        Clients clients = clients(classic()
                .inbound((sender, message) -> {
                    seen.add(sender.user() + " " + message.content());
                    return Verdict.text("lang", "e\"n").with("n", "1").now();
                })
                .inbound((sender, message) -> {
                    seen.add(message.content() + " " + message.json());
                    return Verdict.passNow();
                }));
        Clients.Client bob = clients.open().join("bob");
        bob.heard();

        clients.open().speakTo("alice", "bob", "first");

        assertThat(seen)
                .containsExactly(
                        "alice first",
                        "first "
                                + Clients.frame(
                                        "speak",
                                        1,
                                        0,
                                        "alice",
                                        "\"to_user_id\":\"bob\",\"content\":\"first\",\"lang\":\"e\\\"n\",\"n\":1"));
        assertThat(bob.heard()).containsExactly("0 alice[单聊对]bob[说]:first");
    }

    @Test
    void whoIsRefusedHearsWhyAndNobodyElseHearsAnything() {
        List<Draft> later = new ArrayList<>();
        Clients clients = clients(classic()
                .inbound(
                        (sender, message) -> Verdict.refuse(451, "not \"here\"").now())
                .inbound((sender, message) -> {
                    later.add(message);
                    return Verdict.passNow();
                }));
        Clients.Client bob = clients.open().joinGroup("bob", 100);
        Clients.Client alice = clients.open();
        bob.heard();

        String frame = Clients.frame("speak", 2, 100, "alice", "\"content\":\"x\"");
        alice.send(frame);

        assertThat(alice.connection.frames())
                .containsExactly("{\"code\":451,\"msg\":\"not \\\"here\\\"\",\"data\":" + frame + "}");
        assertThat(alice.closeCode()).isZero();
        assertThat(bob.heard()).isEmpty();
        assertThat(later).isEmpty();
        assertThat(clients.server.stats().rejections()).containsEntry(new Rejection(403, "interceptor"), 1L);
    }

    @Test
    void onlyWhatThePolicyAllowsIsLookedAt() {
        List<Draft> seen = new ArrayList<>();
        Clients clients = clients(ImServer.builder().trustClaims().inbound((sender, message) -> {
            seen.add(message);
            return Verdict.passNow();
        }));

        clients.open().speak("alice", 100, "no member");

        assertThat(seen).isEmpty();
    }

    @Test
    void nextMessageOfAConnectionWaitsForTheVerdict() {
        List<CompletableFuture<Verdict>> asked = new ArrayList<>();
        Clients clients = clients(classic().inbound((sender, message) -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
        }));
        Clients.Client bob = clients.open().joinGroup("bob", 100);
        Clients.Client alice = clients.open();
        bob.heard();

        alice.speak("alice", 100, "1").speak("alice", 100, "2");
        assertThat(asked).hasSize(1);
        asked.get(0).complete(Verdict.pass());
        runtime.runAll();
        assertThat(bob.heard()).containsExactly("0 alice[群聊说]:1");
        asked.get(1).complete(Verdict.pass());
        runtime.runAll();

        assertThat(bob.heard()).containsExactly("0 alice[群聊说]:2");
    }

    @Test
    void whatFailsThrowsHangsOrMakesNoSenseIsATemporaryErrorAndNothingIsSaid() {
        List<Draft> published = new ArrayList<>();
        Clients clients = clients(classic()
                .inbound((sender, message) -> switch (message.content()) {
                    case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("no"));
                    case "throws" -> throw new IllegalStateException("no");
                    case "hangs" -> new CompletableFuture<>();
                    case "json" -> Verdict.field("x", "no json").now();
                    case "own" -> Verdict.field("from_user_id", "\"bob\"").now();
                    case "long" -> Verdict.content("中".repeat(22_000)).now();
                    default -> Verdict.passNow();
                })
                .inbound((sender, message) -> {
                    published.add(message);
                    return Verdict.passNow();
                }));
        Clients.Client alice = clients.open().joinGroup("alice", 100);
        alice.heard();

        for (String content : List.of("fails", "throws", "hangs", "json", "own", "long")) {
            alice.speak("alice", 100, content);
            runtime.advance(Duration.ofSeconds(6));
            assertThat(alice.heard()).as(content).containsExactly(UNAVAILABLE);
        }
        alice.speak("alice", 100, "fine");

        assertThat(alice.heard()).containsExactly("0 alice[群聊说]:fine");
        assertThat(published).hasSize(1);
        assertThat(clients.server.stats().backendFailures()).containsEntry(Backend.INTERCEPTOR, 6L);
    }

    @Test
    void whatTheApplicationSaysGoesInAsItIs() {
        Clients clients = clients(
                classic().inbound((sender, message) -> Verdict.refuse(400, "no").now()));
        Clients.Client bob = clients.open().joinGroup("bob", 100);
        bob.heard();

        clients.now(clients.server.publish(Speech.toGroup(UserId.of("system"), "system", GroupId.of("100"), "news")));

        assertThat(bob.heard()).containsExactly("0 system[群聊说]:news");
    }

    /** Greets each in the own language, and tells how often it was asked. */
    private static final class Translator implements OutboundInterceptor {

        private final List<String> asked = new ArrayList<>();

        @Override
        public String variant(Recipient recipient) {
            String lang = recipient.attributes().getOrDefault("lang", "en");
            if (lang.equals("unknown")) {
                throw new IllegalStateException("no");
            }
            return lang;
        }

        @Override
        public Verdict intercept(Message message, String variant) {
            asked.add(variant);
            return switch (variant) {
                case "fr" -> Verdict.content("bonjour").with("translated", "true");
                case "none" -> Verdict.withhold();
                case "broken" -> throw new IllegalStateException("no");
                case "invalid" -> Verdict.field("x", "no json");
                default -> Verdict.pass();
            };
        }
    }

    private static Clients.Client speaking(Clients clients, String language) {
        Clients.Client client = clients.open(
                Handshake.at("/im").query(Map.of("lang", List.of(language))).build());
        client.joinGroup(language, 100);
        client.heard();
        return client;
    }

    @Test
    void recipientsHearTheirVariantWhichIsMadeOnce() {
        Translator translator = new Translator();
        Clients clients = clients(classic()
                .attributes(handshake ->
                        Map.of("lang", handshake.queryParameter("lang").orElse("en")))
                .outbound(translator));
        Clients.Client english = speaking(clients, "en");
        List<Clients.Client> french = List.of(speaking(clients, "fr"), speaking(clients, "fr"));
        Clients.Client nobody = speaking(clients, "none");
        Clients.Client broken = speaking(clients, "broken");
        Clients.Client invalid = speaking(clients, "invalid");
        Clients.Client unknown = speaking(clients, "unknown");

        english.speak("alice", 100, "hello");

        assertThat(english.heard()).containsExactly("0 alice[群聊说]:hello");
        assertThat(french.get(1).connection.frames())
                .containsExactly("{\"code\":0,\"msg\":\"alice[\\u7fa4\\u804a\\u8bf4]:bonjour\",\"data\":"
                        + Clients.frame("speak", 2, 100, "alice", "\"content\":\"bonjour\",\"translated\":true") + "}")
                .isEqualTo(french.get(0).connection.frames());
        assertThat(List.of(nobody.heard(), broken.heard(), invalid.heard(), unknown.heard()))
                .containsOnly(List.of());
        assertThat(translator.asked).containsExactlyInAnyOrder("en", "fr", "none", "broken", "invalid");
        assertThat(broken.closeCode()).isZero();
        assertThat(clients.server.stats().backendFailures()).containsEntry(Backend.INTERCEPTOR, 3L);
    }

    @Test
    void outwardEachSeesWhatTheOneBeforeHasMadeAndTheConversationStaysWhatItIs() {
        List<String> seen = new ArrayList<>();
        Clients clients = clients(classic()
                .outbound((message, variant) -> Verdict.content(message.draft().content() + "!"))
                .outbound((message, variant) -> {
                    seen.add(message.draft().content());
                    return Verdict.content(message.draft().content() + "?");
                }));
        Clients.Client bob = clients.open().join("bob");
        bob.heard();

        clients.open().speakTo("alice", "bob", "hi");

        assertThat(bob.heard()).containsExactly("0 alice[单聊对]bob[说]:hi!?");
        assertThat(seen).containsExactly("hi!");
    }

    @Test
    void whatTheApplicationPublishesIsLookedAtOnItsWayOut() {
        Clients clients = clients(classic().outbound((message, variant) -> Verdict.withhold()));
        Clients.Client bob = clients.open().joinGroup("bob", 100);
        bob.heard();

        clients.now(clients.server.publish(Speech.toGroup(UserId.of("system"), "system", GroupId.of("100"), "news")));

        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void membersOfOneVariantHearTheMessagesInOneOrder() {
        Clients clients = clients(classic()
                .attributes(handshake ->
                        Map.of("lang", handshake.queryParameter("lang").orElse("en")))
                .outbound(new Translator()));
        Clients.Client english = speaking(clients, "en");
        Clients.Client other = speaking(clients, "de");

        for (int i = 0; i < 20; i++) {
            english.speak("alice", 100, "m" + i);
        }

        assertThat(english.heard()).hasSize(20).isEqualTo(other.heard());
    }
}
