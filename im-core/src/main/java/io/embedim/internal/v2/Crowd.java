package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Reading;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Decision;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import io.embedim.session.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells who is there and who belongs, to who may know. For tasks of a connection's mailbox. */
final class Crowd {

    /** Members that are told at a time. */
    private static final int PAGE = 100;

    /** How old the count of a large group may be: who asks for it while many come would else have all of them counted. */
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Counts that are kept; each is asked for anew where there are more. */
    private static final int MOST_COUNTED = 1_024;

    private final Memberships memberships;
    private final AccessPolicy policy;
    private final LogBroker broker;
    private final Presence presence;
    private final int largest;
    private final Sights sights;
    private final Echoes echoes;
    private final Onlookers onlookers;
    private final Host host;
    private final Answers answers;
    private final ImRuntime runtime;
    private final ConcurrentMap<GroupId, Counted> counts = new ConcurrentHashMap<>();

    /** How many belong to a group, known or being counted, and since when. */
    private record Counted(CompletionStage<Integer> count, long at) {}

    Crowd(V2Config config, Sights sights, Echoes echoes, Onlookers onlookers, Host host, Answers answers) {
        this.memberships = config.memberships();
        this.policy = config.policy();
        this.broker = config.broker();
        this.presence = new Presence(config.sessions());
        this.largest = config.limits().leavesAnnouncedUpTo();
        this.sights = sights;
        this.echoes = echoes;
        this.onlookers = onlookers;
        this.host = host;
        this.answers = answers;
        this.runtime = config.runtime();
    }

    /** Somebody is writing; heard only from who follows the conversation itself. */
    @Nullable
    CompletionStage<?> typing(Dialogue dialogue, Request.Typing typing) {
        Link link = dialogue.link();
        ConversationId conversation = typing.to().asMeantBy(link.user());
        if (conversation == null || dialogue.live(conversation) == null) {
            answers.notThere(link, typing);
            return null;
        }
        Supplier<@Nullable CompletionStage<?>> tell = () -> {
            echoes.toOthers(
                    link,
                    conversation,
                    typing.event(),
                    Frames.typing(conversation, link.user()).text());
            return null;
        };
        UserId other = Lives.other(link.user(), conversation);
        // Nobody hears from whom he has shut out; the typist is not told.
        return other == null
                ? tell.get()
                : host.ask(
                        Backend.POLICY,
                        () -> policy.speak(link.actor(), other),
                        decision -> decision == Decision.ALLOW ? tell.get() : null,
                        failure -> {});
    }

    /** Who of some users is online, and where that is wanted who of them comes and goes; those that the asker has never spoken with are not, and are not watched. */
    @Nullable
    CompletionStage<?> presence(Dialogue dialogue, Request.Presence asked) {
        Link link = dialogue.link();
        if (!sights.readsHistory(link)) {
            answers.refuse(link, asked, ErrorCode.FORBIDDEN, ProtocolText.HISTORY_REFUSED);
            return null;
        }
        Set<UserId> strangers = ConcurrentHashMap.newKeySet();
        return host.ask(
                Backend.SESSIONS,
                () -> ofAll(
                        asked.users(),
                        user -> isKnown(link.user(), user).thenCompose(known -> {
                            if (known) {
                                return presence.isOnline(user);
                            }
                            strangers.add(user);
                            return CompletableFuture.completedFuture(false);
                        })),
                online -> {
                    List<Person> users = online.entrySet().stream()
                            .map(one -> new Person(one.getKey(), null, one.getValue()))
                            .toList();
                    link.send(Frames.presence(asked.id(), users));
                    if (asked.watch()) {
                        online.keySet().removeAll(strangers);
                        onlookers.watch(dialogue, online);
                    }
                    return null;
                },
                failure -> answers.unavailable(link, asked, failure));
    }

    private CompletionStage<Boolean> isKnown(UserId asker, UserId user) {
        return asker.equals(user)
                ? CompletableFuture.completedFuture(true)
                : broker.read(Reading.last(ConversationId.between(asker, user), 1))
                        .thenApply(slice -> slice.top().seq() > 0);
    }

    private interface Question {
        CompletionStage<Boolean> of(UserId user);
    }

    private static CompletionStage<Map<UserId, Boolean>> ofAll(List<UserId> users, Question question) {
        CompletionStage<Map<UserId, Boolean>> all = CompletableFuture.completedFuture(new LinkedHashMap<>());
        for (UserId user : users) {
            all = all.thenCompose(answers -> question.of(user).thenApply(answer -> {
                answers.put(user, answer);
                return answers;
            }));
        }
        return all;
    }

    /** Who belongs to a group, for its members. */
    @Nullable
    CompletionStage<?> members(Dialogue dialogue, Request.Members asked) {
        Link link = dialogue.link();
        ConversationId conversation = ConversationId.of(asked.group());
        return sights.of(
                link,
                conversation,
                view -> {
                    if (!view.any() || !view.now()) {
                        answers.notThere(link, asked);
                        return null;
                    }
                    return host.ask(
                            Backend.MEMBERSHIPS,
                            () -> count(asked.group()),
                            count -> count > largest ? counted(link, asked, count) : page(link, asked, count),
                            failure -> answers.unavailable(link, asked, failure));
                },
                failure -> answers.unavailable(link, asked, failure));
    }

    private @Nullable CompletionStage<?> counted(Link link, Request.Members asked, int count) {
        link.send(Frames.members(asked.id(), ConversationId.of(asked.group()), count, null, ""));
        return null;
    }

    private CompletionStage<Integer> count(GroupId group) {
        long now = runtime.nanoTime();
        Counted known = counts.get(group);
        if (known != null && now - known.at() < SECOND_NANOS) {
            return known.count();
        }
        Counted counted = new Counted(count(group, null, 0), now);
        if (counts.size() >= MOST_COUNTED) {
            counts.clear();
        }
        counts.put(group, counted);
        counted.count().whenComplete((count, failure) -> {
            if (failure != null || count <= largest) {
                counts.remove(group, counted);
            }
        });
        return counted.count();
    }

    private CompletionStage<Integer> count(GroupId group, @Nullable String cursor, int before) {
        return memberships
                .inGroup(group, new PageRequest(cursor, PageRequest.MAX_LIMIT))
                .thenCompose(page -> {
                    int count = before
                            + (int) page.items().stream()
                                    .filter(Membership::isMember)
                                    .count();
                    return page.next() == null
                            ? CompletableFuture.completedFuture(count)
                            : count(group, page.next(), count);
                });
    }

    private @Nullable CompletionStage<?> page(Link link, Request.Members asked, int count) {
        String cursor = asked.cursor().isEmpty() ? null : asked.cursor();
        Supplier<CompletionStage<Page<Membership>>> question;
        try {
            PageRequest page = new PageRequest(cursor, PAGE);
            question = () -> memberships.inGroup(asked.group(), page);
        } catch (IllegalArgumentException e) {
            answers.refuse(link, asked, ErrorCode.BAD_REQUEST, ProtocolText.CURSOR_FORM);
            return null;
        }
        return host.ask(
                Backend.MEMBERSHIPS,
                question,
                page -> {
                    List<Membership> members =
                            page.items().stream().filter(Membership::isMember).toList();
                    List<UserId> users = members.stream().map(Membership::user).toList();
                    return host.ask(
                            Backend.SESSIONS,
                            () -> ofAll(users, presence::isOnline),
                            online -> {
                                String next = page.next();
                                link.send(Frames.members(
                                        asked.id(),
                                        ConversationId.of(asked.group()),
                                        count,
                                        told(members, online),
                                        next == null ? "" : next));
                                return null;
                            },
                            failure -> answers.unavailable(link, asked, failure));
                },
                failure -> answers.unavailable(link, asked, failure));
    }

    private static List<Person> told(List<Membership> members, Map<UserId, Boolean> online) {
        List<Person> told = new ArrayList<>(members.size());
        for (Membership member : members) {
            String role = member.role().name().toLowerCase(Locale.ROOT);
            told.add(new Person(member.user(), role, online.getOrDefault(member.user(), false)));
        }
        return told;
    }
}
