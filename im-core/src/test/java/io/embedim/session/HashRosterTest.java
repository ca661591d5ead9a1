package io.embedim.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashRosterTest {

    private final HashRoster roster = new HashRoster();

    @Test
    void holdsWhatASetHoldsThroughRandomChanges() {
        Random random = new Random(1);
        Map<ConnectionId, SessionEntry> model = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            // Waves, so that the table grows and shrinks many times.
            boolean adds = random.nextInt(100) < (i / 4_000 % 2 == 0 ? 70 : 30);
            ConnectionId id = new ConnectionId("c" + random.nextInt(2_000));
            SessionEntry present = model.get(id);
            assertThat(roster.find(id)).isSameAs(present);
            if (adds && present == null) {
                SessionEntry entry = entry(id);
                roster.plus(entry);
                model.put(id, entry);
            } else if (!adds && present != null) {
                model.remove(id);
                assertThat(roster.minus(present)).isEqualTo(model.isEmpty());
            }
            assertThat(roster.size()).isEqualTo(model.size());
            if (i % 1_000 == 0) {
                assertThat(list(7)).doesNotHaveDuplicates().hasSameElementsAs(model.keySet());
            }
        }
    }

    @Test
    void keepsIdsOfOneHashApart() {
        List<ConnectionId> ids = new ArrayList<>();
        for (int i = 0; i < 1 << 10; i++) {
            StringBuilder id = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            ids.add(new ConnectionId(id.toString()));
        }

        ids.forEach(id -> roster.plus(entry(id)));

        assertThat(ids)
                .extracting(id -> id.value().hashCode())
                .containsOnly(ids.get(0).value().hashCode());
        assertThat(list(100)).doesNotHaveDuplicates().hasSameElementsAs(ids);
    }

    @Test
    void listsWhatStaysExactlyOnceWhileTheTableGrowsAndShrinksBetweenPages() {
        Set<ConnectionId> stay = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            ConnectionId id = new ConnectionId("stays" + i);
            stay.add(id);
            roster.plus(entry(id));
        }
        List<SessionEntry> passing = new ArrayList<>();
        List<ConnectionId> shown = new ArrayList<>();

        Page<Session> page = roster.page(PageRequest.first(10));
        for (int round = 0; ; round++) {
            page.items().forEach(session -> shown.add(session.id()));
            String next = page.next();
            if (next == null) {
                break;
            }
            if (round % 2 == 0) {
                for (int i = 0; i < 5_000; i++) {
                    SessionEntry entry = entry(new ConnectionId("passes" + round + "-" + i));
                    passing.add(entry);
                    roster.plus(entry);
                }
            } else {
                passing.forEach(roster::minus);
                passing.clear();
            }
            page = roster.page(PageRequest.first(10).after(next));
            if (round > 2_000) {
                throw new AssertionError("the listing does not end");
            }
        }

        assertThat(shown).doesNotHaveDuplicates().containsAll(stay);
    }

    private List<ConnectionId> list(int pageSize) {
        List<ConnectionId> ids = new ArrayList<>();
        PageRequest request = PageRequest.first(pageSize);
        while (true) {
            Page<Session> page = roster.page(request);
            page.items().forEach(session -> ids.add(session.id()));
            String next = page.next();
            if (next == null) {
                return ids;
            }
            request = request.after(next);
        }
    }

    private static SessionEntry entry(ConnectionId id) {
        return new SessionEntry(new Session(id, new NodeId("n"), null, Set.of(), Map.of(), Instant.EPOCH), 1);
    }
}
