package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Decision;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes users into groups, and out. For tasks of a connection's mailbox. */
final class Rooms {

    private final AccessPolicy policy;
    private final Enrolment enrolment;
    private final CatchUp catchUp;
    private final Lives lives;
    private final Host host;
    private final Answers answers;

    Rooms(V2Config config, Enrolment enrolment, CatchUp catchUp, Lives lives, Host host, Answers answers) {
        this.policy = config.policy();
        this.enrolment = enrolment;
        this.catchUp = catchUp;
        this.lives = lives;
        this.host = host;
        this.answers = answers;
    }

    @Nullable
    CompletionStage<?> join(Dialogue dialogue, Request.Join join) {
        Link link = dialogue.link();
        return host.ask(
                Backend.POLICY,
                () -> policy.join(link.actor(), join.group()),
                decision -> {
                    if (decision != Decision.ALLOW) {
                        answers.refuse(link, join, decision, ProtocolText.JOIN_REFUSED);
                        return null;
                    } else if (!link.isIn(join.group()) && host.isInTooManyGroups(link)) {
                        answers.refuse(link, join, ErrorCode.FORBIDDEN, ProtocolText.TOO_MANY_GROUPS);
                        return null;
                    }
                    return allowed(dialogue, join);
                },
                failure -> answers.unavailable(link, join, failure));
    }

    private @Nullable CompletionStage<?> allowed(Dialogue dialogue, Request.Join join) {
        Link link = dialogue.link();
        CatchUp.Errand errand = new CatchUp.Errand(dialogue, join, ConversationId.of(join.group()), join.start());
        if (link.isVerified()) {
            return enrolment.enrol(
                    link, join.group(), () -> catchUp.run(errand), failure -> answers.unavailable(link, join, failure));
        }
        // A claimed user is no member of anything; its connection is in the group as long as it lives.
        return host.enter(
                link, join.group(), () -> catchUp.run(errand), failure -> answers.unavailable(link, join, failure));
    }

    @Nullable
    CompletionStage<?> leave(Dialogue dialogue, Request.Leave leave) {
        Link link = dialogue.link();
        if (!link.isVerified()) {
            return drop(dialogue, leave);
        }
        return enrolment.end(
                link, leave.group(), () -> drop(dialogue, leave), failure -> answers.unavailable(link, leave, failure));
    }

    private @Nullable CompletionStage<?> drop(Dialogue dialogue, Request.Leave leave) {
        Link link = dialogue.link();
        ConversationId conversation = ConversationId.of(leave.group());
        Runnable done = () -> {
            forget(dialogue, conversation);
            link.send(Frames.left(leave.id(), conversation));
        };
        if (!link.isIn(leave.group())) {
            done.run();
            return null;
        }
        return host.exit(link, leave.group(), done, failure -> answers.unavailable(link, leave, failure));
    }

    /** The connection does not follow a conversation any more. */
    void forget(Dialogue dialogue, ConversationId conversation) {
        Live live = dialogue.leave(conversation);
        if (live != null) {
            lives.leave(Lives.topic(dialogue.link().user(), conversation), live);
        }
    }
}
