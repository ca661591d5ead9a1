package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Reading;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings connections up to date, conversation by conversation (protocol V3). A sync is not one task of the mailbox but one for each conversation, so that other frames are not held up,
 * and pages are made only as fast as the client takes them. For tasks of a connection's mailbox.
 */
final class Syncs {

    private static final int DIRECTORY_PAGE = 100;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final LogBroker broker;
    private final Directory directory;
    private final CatchUp catchUp;
    private final Lives lives;
    private final Sights sights;
    private final Turnstile turnstile;
    private final ImRuntime runtime;
    private final Host host;
    private final Answers answers;

    Syncs(V2Config config, CatchUp catchUp, Lives lives, Sights sights, Host host, Answers answers) {
        this.broker = config.broker();
        this.directory = config.directory();
        this.catchUp = catchUp;
        this.lives = lives;
        this.sights = sights;
        this.turnstile =
                new Turnstile(config.runtime().random(), config.runtime().executor());
        this.runtime = config.runtime();
        this.host = host;
        this.answers = answers;
    }

    /** How far a sync has come. */
    private record Progress(Dialogue dialogue, Request.Sync sync, int next) {
        Link link() {
            return dialogue.link();
        }

        Progress step() {
            return new Progress(dialogue, sync, next + 1);
        }
    }

    void begin(Dialogue dialogue, Request.Sync sync) {
        Link link = dialogue.link();
        if (!sights.readsHistory(link)) {
            answers.refuse(link, sync, ErrorCode.FORBIDDEN, ProtocolText.HISTORY_REFUSED);
        } else if (!dialogue.beginSync()) {
            answers.later(link, sync, ErrorCode.TOO_MANY_REQUESTS, ProtocolText.TOO_FAST, COME_BACK);
        } else {
            Progress progress = new Progress(dialogue, sync, 0);
            Duration wait = turnstile.enter(() -> go(progress));
            if (wait != null) {
                dialogue.endSync();
                answers.later(link, sync, ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, wait);
            }
        }
    }

    /** The next step, in its turn; or none, where the connection has gone. */
    private void go(Progress progress) {
        boolean posted = progress.link().post(() -> step(progress));
        if (!posted) {
            turnstile.leave();
        }
    }

    private @Nullable CompletionStage<?> step(Progress progress) {
        Link link = progress.link();
        if (link.hasEnded()) {
            turnstile.leave();
            return null;
        } else if (link.isBusy()) {
            turnstile.leave(); // Others need not wait for a client that reads slowly.
            comeBack(progress, LOOK_AGAIN);
            return null;
        } else if (progress.next() == progress.sync().conversations().size()) {
            return directory(progress);
        }
        CompletionStage<?> stage;
        try {
            stage = one(progress);
        } catch (RuntimeException e) {
            answers.unavailable(link, progress.sync(), e); // And go on: others wait for their turn.
            stage = null;
        }
        if (stage == null) {
            go(progress.step());
            return null;
        }
        return stage.whenComplete((done, failure) -> go(progress.step()));
    }

    private void comeBack(Progress progress, Duration wait) {
        runtime.schedule(
                () -> runtime.executor().execute(() -> {
                    Duration longer = progress.link().hasEnded() ? null : turnstile.enter(() -> go(progress));
                    if (longer != null) {
                        comeBack(progress, longer);
                    }
                }),
                wait);
    }

    private @Nullable CompletionStage<?> one(Progress progress) {
        Request.Wanted wanted = progress.sync().conversations().get(progress.next());
        ConversationId conversation = wanted.of().asMeantBy(progress.link().user());
        if (conversation == null) {
            progress.link().send(CatchUp.gone(progress.sync().id(), ((Address.Known) wanted.of()).conversation()));
            return null;
        }
        return catchUp.run(new CatchUp.Errand(progress.dialogue(), progress.sync(), conversation, wanted.start()));
    }

    private @Nullable CompletionStage<?> directory(Progress progress) {
        Request.Cursor cursor = progress.sync().directory();
        if (cursor == null) {
            end(progress, null);
            return null;
        }
        return host.ask(
                Backend.BROKER,
                () -> directory.read(progress.link().user(), cursor.epoch(), cursor.version(), DIRECTORY_PAGE),
                page -> {
                    end(progress, page);
                    return null;
                },
                failure -> {
                    answers.unavailable(progress.link(), progress.sync(), failure);
                    end(progress, null);
                });
    }

    private void end(Progress progress, @Nullable DirectoryPage page) {
        progress.dialogue().endSync();
        turnstile.leave();
        progress.link().send(Frames.synced(progress.sync().id(), page));
    }

    @Nullable
    CompletionStage<?> history(Dialogue dialogue, Request.History history) {
        Link link = dialogue.link();
        ConversationId conversation = history.of().asMeantBy(link.user());
        if (!sights.readsHistory(link)) {
            answers.refuse(link, history, ErrorCode.FORBIDDEN, ProtocolText.HISTORY_REFUSED);
            return null;
        } else if (conversation == null) {
            answers.notThere(link, history);
            return null;
        }
        return sights.of(
                link,
                conversation,
                view -> {
                    if (!view.any()) {
                        answers.notThere(link, history);
                        return null;
                    }
                    Reading reading = new Reading(
                            conversation,
                            new Reading.Before(history.epoch(), history.before()),
                            Math.min(history.limit(), CatchUp.PAGE),
                            CatchUp.PAGE_BYTES,
                            view.member());
                    return host.ask(
                            Backend.BROKER,
                            () -> broker.read(reading),
                            slice -> {
                                link.send(Frames.history(history.id(), conversation, lives.seen(slice, link)));
                                return null;
                            },
                            failure -> answers.unavailable(link, history, failure));
                },
                failure -> answers.unavailable(link, history, failure));
    }
}
