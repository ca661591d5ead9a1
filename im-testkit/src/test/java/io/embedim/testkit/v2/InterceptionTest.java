package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.conversation.Message;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.interceptor.Recipient;
import io.embedim.interceptor.Verdict;
import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the application makes of messages of im.v2. */
class InterceptionTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String SYNC = "{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':10}]}";

    @Test
    void changedMessageKeepsItsPlaceAndItsOtherFields() {
        V2Clients clients = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .inbound((sender, draft) -> CompletableFuture.completedFuture(
                                Verdict.content("***").with("checked", "true"))));
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        bob.send(SYNC).heard();

        ann.send("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'rude','mentions':['bob'],'x':1}");

        List<JsonNode> heard = bob.heard();
        assertThat(summaries(heard)).containsExactly("message 1 ann: ***");
        assertThat(heard.get(0).path("ext").toString()).isEqualTo("{\"x\":1,\"checked\":true}");
        assertThat(heard.get(0).path("mentions").toString()).isEqualTo("[\"bob\"]");
        assertThat(summaries(ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID
                        + "','content':'rude','mentions':['bob'],'x':1}")))
                .contains("ack 1 dup");
    }

    @Test
    void refusedMessageIsNotStored() {
        V2Clients clients = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .inbound((sender, draft) -> CompletableFuture.completedFuture(new Verdict.Refuse(403, "no"))));
        Client ann = clients.v2("ann");

        List<JsonNode> answer = ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'x'}");

        assertThat(summaries(answer)).containsExactly("error speak");
        assertThat(answer.get(0).path("committed").asBoolean(true)).isFalse();
        assertThat(summaries(ann.ask(SYNC))).containsExactly("sync ok [] unread 0", "synced");
    }

    @Test
    void whoMayNotHearAMessageGetsItsPlaceWithoutItsWordsLiveAndInPages() {
        OutboundInterceptor hides = new OutboundInterceptor() {
            @Override
            public String variant(Recipient recipient) {
                return recipient.user().map(UserId::value).orElse("");
            }

            @Override
            public Verdict intercept(Message message, String variant) {
                return variant.equals("bob") ? new Verdict.Refuse(403, "hidden") : Verdict.pass();
            }
        };
        V2Clients clients = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder().v2(V2Settings.inMemory()).outbound(hides));
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send(SYNC).heard();
        bob.send(SYNC).heard();

        ann.say("'to_user_id':'bob'", ID, "secret");

        assertThat(summaries(ann.heard())).contains("message 1 ann: secret");
        List<JsonNode> live = bob.heard();
        assertThat(summaries(live)).containsExactly("message 1 ann: -");
        assertThat(live.toString()).doesNotContain("secret");
        List<JsonNode> page = bob.ask(SYNC);
        assertThat(page.toString()).doesNotContain("secret");
        assertThat(summaries(page)).first().asString().startsWith("sync ok [message 1 ann: -]");
    }

    @Test
    void whoHasGoneIsNoRecipientAnyMore() {
        List<ConnectionId> asked = new ArrayList<>();
        OutboundInterceptor listens = new OutboundInterceptor() {
            @Override
            public String variant(Recipient recipient) {
                asked.add(recipient.connection());
                return recipient.connection().toString();
            }

            @Override
            public Verdict intercept(Message message, String variant) {
                return Verdict.pass();
            }
        };
        V2Clients clients = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder().v2(V2Settings.inMemory()).outbound(listens));
        Client bob = clients.v2("bob");
        Client tablet = clients.v2("bob");
        bob.send(SYNC);
        tablet.send(SYNC);
        bob.close();
        asked.clear();

        clients.v2("ann").say("'to_user_id':'bob'", ID, "hi");

        assertThat(asked).contains(tablet.inbound.id()).doesNotContain(bob.inbound.id());
    }
}
