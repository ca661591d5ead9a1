package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Presence;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final UserId ANNE = UserId.of("anne");
    private static final GroupId GROUP = GroupId.of("100");

    private final Clients clients = Clients.classic();
    private final Presence presence = clients.server.presence();

    @Test
    void saysWhoIsOnlineAndBoundToWhom() {
        Clients.Client anne = clients.open().join("anne");
        Clients.Client nobody = clients.open();

        assertThat(clients.now(presence.isOnline(ANNE))).isTrue();
        assertThat(clients.now(presence.isOnline(anne.id()))).isTrue();
        assertThat(clients.now(presence.userOf(anne.id()))).contains(ANNE);
        assertThat(clients.now(presence.userOf(nobody.id()))).isEmpty();
        anne.close();

        assertThat(clients.now(presence.isOnline(ANNE))).isFalse();
        assertThat(clients.now(presence.isOnline(anne.id()))).isFalse();
        assertThat(clients.now(presence.userOf(anne.id()))).isEmpty();
        assertThat(clients.now(presence.session(anne.id()))).isEmpty();
    }

    @Test
    void showsSessionsWithTheirAttributes() {
        Clients.Client anne = clients.open().join("anne").joinGroup("anne", 100);
        clients.now(clients.server.setAttributes(anne.id(), Map.of("seat", "7")));

        assertThat(clients.now(presence.session(anne.id())))
                .hasValueSatisfying(session -> assertThat(session.attributes()).isEqualTo(Map.of("seat", "7")));
    }

    @Test
    void listsAndCountsConnectionsUsersAndGroupsOverallAndPerGroup() {
        Clients.Client one = clients.open().join("anne").joinGroup("anne", 100);
        Clients.Client two = clients.open().join("anne").joinGroup("anne", 100).joinGroup("anne", 7);
        Clients.Client three = clients.open().join("bert").joinGroup("bert", 100);
        Clients.Client four = clients.open().joinGroup("who", 100);

        assertThat(clients.now(presence.counts())).isEqualTo(new SessionCounts(4, 2, 2));
        assertThat(clients.now(presence.countSessionsIn(GROUP))).isEqualTo(4);
        assertThat(clients.now(presence.countUsersIn(GROUP))).isEqualTo(2);
        assertThat(clients.now(presence.sessions().map(Session::id).toList(10)))
                .containsExactlyInAnyOrder(one.id(), two.id(), three.id(), four.id());
        assertThat(clients.now(presence.sessionsOf(ANNE).map(Session::id).toList(10)))
                .containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(clients.now(presence.sessionsIn(GroupId.of("7")).toList(10)))
                .extracting(Session::id)
                .containsExactly(two.id());
        assertThat(clients.now(presence.users().toList(10))).containsExactlyInAnyOrder(ANNE, UserId.of("bert"));
        assertThat(clients.now(presence.usersIn(GROUP).toList(10))).containsExactlyInAnyOrder(ANNE, UserId.of("bert"));
        assertThat(clients.now(presence.groups().toList(10))).containsExactlyInAnyOrder(GROUP, GroupId.of("7"));
        assertThat(clients.now(presence.sessionsIn(GroupId.of("unknown")).toList(10)))
                .isEmpty();
        assertThat(clients.now(presence.isOnline(new ConnectionId("unknown")))).isFalse();
    }
}
