package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Fence;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.interceptor.Verdict;
import io.embedim.internal.codec.Quotes;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Decision;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes what clients say, change and take back to the logs, where they may (protocol S, E). For tasks of a connection's mailbox. */
final class Writings {

    private final LogBroker broker;
    private final AccessPolicy policy;
    private final Memberships memberships;
    private final Pairs pairs;
    private final Host host;
    private final Answers answers;

    Writings(V2Config config, Pairs pairs, Host host, Answers answers) {
        this.broker = config.broker();
        this.policy = config.policy();
        this.memberships = config.memberships();
        this.pairs = pairs;
        this.host = host;
        this.answers = answers;
    }

    /**
     * A request on its way to a log.
     *
     * @param ofMember whether the user was a member when the policy was asked, and so has to be one when the entry is appended
     */
    private record Passage(
            Dialogue dialogue, Request.Writing request, ConversationId conversation, Once once, boolean ofMember) {
        Link link() {
            return dialogue.link();
        }
    }

    @Nullable
    CompletionStage<?> write(Dialogue dialogue, Request.Writing request) {
        Link link = dialogue.link();
        ConversationId conversation = request.to().asMeantBy(link.user());
        if (conversation == null) {
            answers.notThere(link, request);
            return null;
        } else if (request instanceof Request.Speak speak
                && speak.from() != null
                && !speak.from().equals(link.user())) {
            answers.refuse(link, request, ErrorCode.FORBIDDEN, ProtocolText.NOT_YOU);
            return null;
        }
        Once once = new Once(request.id(), request.hash());
        Live live = dialogue.live(conversation);
        boolean member = live != null && live.isMember;
        if (member || !(conversation instanceof ConversationId.Group group) || !link.isVerified()) {
            return ask(new Passage(dialogue, request, conversation, once, member));
        }
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(link.user(), group.group()),
                found -> ask(new Passage(
                        dialogue,
                        request,
                        conversation,
                        once,
                        found.filter(Membership::isMember).isPresent())),
                failure -> answers.unavailable(link, request, failure));
    }

    private @Nullable CompletionStage<?> ask(Passage passage) {
        Link link = passage.link();
        Request.Writing request = passage.request();
        return host.ask(
                Backend.POLICY,
                () -> maySpeak(link, passage.conversation()),
                decision -> decision == Decision.ALLOW
                        ? allowed(passage)
                        : unlessRepeated(
                                passage, () -> answers.refuse(link, request, decision, ProtocolText.SPEAK_REFUSED)),
                failure -> answers.unavailable(link, request, failure));
    }

    private CompletionStage<Decision> maySpeak(Link link, ConversationId conversation) {
        return conversation instanceof ConversationId.Group group
                ? policy.speak(link.actor(), group.group())
                : policy.speak(link.actor(), Objects.requireNonNull(Lives.other(link.user(), conversation)));
    }

    private @Nullable CompletionStage<?> allowed(Passage passage) {
        Request.Writing request = passage.request();
        if (request instanceof Request.Recall recall) {
            return ifModerator(
                    passage,
                    ofOthers -> append(
                            passage,
                            draft(
                                    passage,
                                    "",
                                    "",
                                    new Action.Recall(recall.target(), recall.baseRevision(), ofOthers))));
        }
        boolean edit = request instanceof Request.Edit;
        Words words = edit ? ((Request.Edit) request).words() : ((Request.Speak) request).words();
        Action action = request instanceof Request.Edit change
                ? new Action.Edit(change.target(), change.baseRevision())
                : Action.SAY;
        Supplier<@Nullable CompletionStage<?>> say =
                () -> intercept(passage, draft(passage, words.content(), words.fields() + avatar(passage), action));
        if (!words.mentionsAll()) {
            return say.get();
        }
        return ifModerator(passage, moderator -> {
            if (moderator) {
                return say.get();
            }
            return unlessRepeated(
                    passage,
                    () -> answers.refuse(passage.link(), request, ErrorCode.FORBIDDEN, ProtocolText.SPEAK_REFUSED));
        });
    }

    /** Set by the server, as the name is. */
    private static String avatar(Passage passage) {
        String avatar = passage.dialogue().names().avatar();
        return avatar == null ? "" : ",\"from_avatar\":\"" + Quotes.quoted(avatar) + "\"";
    }

    private interface Knowing {
        @Nullable
        CompletionStage<?> go(boolean moderator);
    }

    private @Nullable CompletionStage<?> ifModerator(Passage passage, Knowing next) {
        Link link = passage.link();
        if (!(passage.conversation() instanceof ConversationId.Group group) || !link.isVerified()) {
            return next.go(false);
        }
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(link.user(), group.group()),
                found -> next.go(found.filter(Membership::isModerator).isPresent()),
                failure -> answers.unavailable(link, passage.request(), failure));
    }

    private Draft draft(Passage passage, String content, String fields, Action action) {
        Link link = passage.link();
        UserId user = link.user();
        Fence fence = passage.ofMember() ? new Fence(user, Fence.ANY_VERSION) : null;
        return new Draft(
                passage.conversation(),
                link.id(),
                user,
                passage.dialogue().names().name(),
                link.isVerified(),
                Lives.other(user, passage.conversation()),
                content,
                fields,
                action,
                passage.once(),
                fence);
    }

    private @Nullable CompletionStage<?> intercept(Passage passage, Draft draft) {
        return host.intercept(
                passage.link(),
                draft,
                changed -> append(passage, changed),
                refusal -> unlessRepeated(passage, () -> refuse(passage, refusal)),
                failure -> answers.unavailable(passage.link(), passage.request(), failure));
    }

    private @Nullable CompletionStage<?> append(Passage passage, Draft draft) {
        if (!(draft.action() instanceof Action.Say)) {
            return write(passage, draft); // Where there is something to change, there is a conversation.
        }
        Link link = passage.link();
        return pairs.open(
                passage.conversation(),
                link.isVerified() ? link.user() : null,
                () -> write(passage, draft),
                wait -> answers.later(
                        link, passage.request(), ErrorCode.TOO_MANY_REQUESTS, ProtocolText.TOO_MANY_PAIRS, wait),
                failure -> answers.unavailable(link, passage.request(), failure));
    }

    private @Nullable CompletionStage<?> write(Passage passage, Draft draft) {
        boolean absent = host.isAbsent(draft);
        return host.ask(
                Backend.BROKER,
                () -> broker.append(draft),
                outcome -> appended(passage, draft, outcome, absent),
                failure -> answers.unknown(passage.link(), passage.request(), failure));
    }

    private @Nullable CompletionStage<?> appended(Passage passage, Draft draft, Outcome outcome, boolean absent) {
        if (outcome instanceof Receipt receipt) {
            passage.link().send(Frames.ack(passage.request().id(), passage.conversation(), receipt));
            host.published(draft, receipt, absent);
            return host.behind(passage.conversation());
        }
        refuse(passage, (Refusal) outcome);
        return null;
    }

    /** In the application's own words. */
    private static void refuse(Passage passage, Verdict.Refuse refusal) {
        Request.Writing request = passage.request();
        passage.link()
                .send(Frames.error(
                        refusal.code(), refusal.message(), request.event(), request.id(), false, false, null));
    }

    private void refuse(Passage passage, Refusal refusal) {
        Request request = passage.request();
        switch (refusal) {
            case ID_TAKEN -> answers.refuse(passage.link(), request, ErrorCode.CONFLICT, ProtocolText.ID_TAKEN);
            case NO_SUCH_MESSAGE -> answers.notThere(passage.link(), request);
            case REVISION_CHANGED, RECALLED ->
                answers.refuse(passage.link(), request, ErrorCode.CONFLICT, ProtocolText.REVISION_CHANGED);
            case NOT_YOURS -> answers.refuse(passage.link(), request, ErrorCode.FORBIDDEN, ProtocolText.NOT_YOU);
            case NOT_A_MEMBER ->
                answers.refuse(passage.link(), request, ErrorCode.FORBIDDEN, ProtocolText.SPEAK_REFUSED);
        }
    }

    /** What was taken once is answered so again, whatever the policy says today (S4). */
    private @Nullable CompletionStage<?> unlessRepeated(Passage passage, Runnable refuse) {
        return host.ask(
                Backend.BROKER,
                () -> broker.find(passage.conversation(), passage.link().user(), passage.once()),
                (Optional<Outcome> found) -> {
                    if (found.isPresent() && found.get() instanceof Receipt receipt) {
                        passage.link().send(Frames.ack(passage.request().id(), passage.conversation(), receipt));
                    } else {
                        refuse.run();
                    }
                    return null;
                },
                failure -> answers.unavailable(passage.link(), passage.request(), failure));
    }
}
