package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Sight;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out what of a conversation a connection may see (protocol M3). For tasks of a connection's mailbox. */
final class Sights {

    private static final View NOTHING = new View(false, false, null);

    private final AccessPolicy policy;
    private final Memberships memberships;
    private final boolean openHistory;
    private final Host host;

    Sights(V2Config config, Host host) {
        this.policy = config.policy();
        this.memberships = config.memberships();
        this.openHistory = config.openHistory();
        this.host = host;
    }

    /**
     * What may be seen.
     *
     * @param any whether there is anything
     * @param now whether what comes from now on may be seen too
     * @param member whose membership bounds it, or null where nothing does
     */
    record View(boolean any, boolean now, @Nullable UserId member) {}

    /** Whether a connection may read what was said before: not who only claims to be somebody, unless that was chosen. */
    boolean readsHistory(Link link) {
        return link.isVerified() || openHistory;
    }

    @Nullable
    CompletionStage<?> of(
            Link link,
            ConversationId conversation,
            Function<View, @Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        if (!(conversation instanceof ConversationId.Group group)) {
            return next.apply(new View(true, true, null));
        }
        return host.ask(
                Backend.POLICY,
                () -> policy.read(link.actor(), group.group()),
                sight -> {
                    if (sight != Sight.AS_MEMBER) {
                        return next.apply(sight == Sight.ALL ? new View(true, true, null) : NOTHING);
                    } else if (!link.isVerified()) {
                        // A claimed user is no member; what its own connection has joined it may hear.
                        return next.apply(new View(true, link.isIn(group.group()), null));
                    }
                    return host.ask(
                            Backend.MEMBERSHIPS,
                            () -> memberships.find(link.user(), group.group()),
                            found -> next.apply(new View(
                                    true, found.filter(Membership::isMember).isPresent(), link.user())),
                            failed);
                },
                failed);
    }
}
