package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.client.ChatEvent;
import io.embedim.client.Content;
import io.embedim.client.Entry;
import io.embedim.client.Position;
import org.junit.jupiter.api.Test;

/** The checker finds what is planted. */
class LedgerTest {

    private static final String CONV = "g:1";

    private final Ledger ledger = new Ledger();
    private final View view = new View("ann", ledger);

    private void shown(long seq, String id, boolean again) {
        Entry entry = new Entry(
                Entry.Kind.MESSAGE,
                CONV,
                new Position("epoch", seq, "mid" + seq),
                "mid" + (seq - 1),
                0,
                id,
                "bob",
                "bob",
                true,
                0,
                false,
                null,
                Content.text("words of " + id),
                "");
        view.told(new ChatEvent.Shown(entry, again));
    }

    @Test
    void whatIsInOrderIsFine() {
        shown(1, "a", false);
        shown(2, "b", false);

        assertThat(ledger.findings()).isEmpty();
    }

    @Test
    void messageThatIsShownTwice() {
        shown(1, "a", false);
        shown(2, "a", false);

        assertThat(ledger.findings()).anyMatch(found -> found.contains("twice"));
    }

    @Test
    void orderThatIsNotTheLogs() {
        shown(2, "b", false);
        shown(1, "a", false);

        assertThat(ledger.findings()).singleElement().asString().contains("behind 2");
    }

    @Test
    void resetWhereNothingWasLost() {
        view.told(new ChatEvent.Reset(CONV));

        assertThat(ledger.findings()).singleElement().asString().contains("is another one");
    }

    @Test
    void resetWhereSomethingMayBeLostBeginsAnew() {
        ledger.mayLose();
        shown(1, "a", false);
        view.told(new ChatEvent.Reset(CONV));
        shown(1, "a", true);

        assertThat(ledger.findings()).isEmpty();
        assertThat(ledger.resets()).isEqualTo(1);
    }

    @Test
    void acknowledgedAndLost() {
        view.told(new ChatEvent.Reset("g:2"));
        ledger.offered(new ChatEvent.ResendOffered("a", CONV, Content.text("words"), true));

        assertThat(ledger.findings()).anyMatch(found -> found.contains("acknowledged and lost"));
    }
}
