package io.embedim.redis;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Topic;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends to logs, and knows what they have taken: the arguments of {@code append.lua} and {@code find.lua}, and what they answer. */
final class Appends {

    private static final Logger LOG = LoggerFactory.getLogger(Appends.class);
    private static final byte[] NO_WORDS = DraftFormat.words("", "");
    private static final byte[] NOTHING = {};
    private static final byte[] YES = {'1'};
    private static final int PARTS = 4;
    private static final int DIGEST = 16;
    private static final int STATE_LOST = 5;
    private static final long FIXED_WEIGHT = 256;

    private final Link link;
    private final RedisKeys keys;
    private final Ids ids;
    private final Retention retention;
    private final Duration window;

    Appends(Link link, RedisKeys keys, Ids ids, Retention retention, Duration window) {
        this.link = link;
        this.keys = keys;
        this.ids = ids;
        this.retention = retention;
        this.window = window;
    }

    CompletionStage<Outcome> append(Draft draft) {
        ConversationId conversation = draft.conversation();
        return link.eval(
                        "append to " + conversation,
                        Script.APPEND,
                        keys.log(conversation).all(),
                        values(draft))
                .thenApply(answer -> outcome(conversation, answer));
    }

    CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return link.eval(
                        "find in " + conversation,
                        Script.FIND,
                        keys.log(conversation).all(),
                        digest(sender.value(), once.id()),
                        digest(once.hash()))
                .thenApply(answer -> LogReads.text(answer.get(0)).equals("none")
                        ? Optional.empty()
                        : Optional.of(outcome(conversation, answer)));
    }

    private byte[][] values(Draft draft) {
        List<byte[]> values = new ArrayList<>();
        values.add(RedisKeys.bytes(ids.epoch()));
        values.add(RedisKeys.bytes(ids.mid()));
        values.add(DraftFormat.fixed(draft));
        values.add(DraftFormat.words(draft.content(), draft.json()));
        values.add(number(FIXED_WEIGHT + 2L * draft.senderName().length()));
        values.add(number(2L * (draft.content().length() + draft.json().length())));
        values.add(RedisKeys.bytes(DraftFormat.kind(draft.action())));
        values.add(RedisKeys.bytes(draft.sender().value()));
        Once once = draft.once();
        values.add(once == null ? NOTHING : digest(draft.sender().value(), once.id()));
        values.add(once == null ? NOTHING : digest(once.hash()));
        values.add(number(window.toMillis()));
        values.add(number(part()));
        Fence fence = draft.fence();
        values.add(fence == null ? NOTHING : RedisKeys.bytes(fence.user().value()));
        values.add(fence == null ? NOTHING : number(fence.version()));
        values.add(number(retention.entries()));
        values.add(number(retention.age().toMillis()));
        values.add(number(retention.bytes()));
        addAudience(values, LocalTopics.audience(draft.conversation()));
        addAction(values, draft.action());
        return values.toArray(new byte[0][]);
    }

    private void addAudience(List<byte[]> values, List<Topic> audience) {
        byte[] first = RedisKeys.bytes(keys.channel(audience.get(0)));
        boolean byShard = keys.isByShard(audience.get(0));
        values.add(byShard ? first : NOTHING);
        values.add(byShard ? NOTHING : first);
        values.add(audience.size() < 2 ? NOTHING : RedisKeys.bytes(keys.channel(audience.get(1))));
    }

    private static void addAction(List<byte[]> values, Action action) {
        if (action instanceof Action.Edit edit) {
            addTarget(values, edit.target(), edit.baseRevision(), false);
        } else if (action instanceof Action.Recall recall) {
            addTarget(values, recall.target(), recall.baseRevision(), recall.ofOthers());
        } else if (action instanceof Action.AddMember add) {
            values.add(RedisKeys.bytes(add.user().value()));
            values.add(number(add.version()));
        } else if (action instanceof Action.RemoveMember remove) {
            values.add(RedisKeys.bytes(remove.user().value()));
        }
    }

    private static void addTarget(List<byte[]> values, EntryRef target, long revision, boolean ofOthers) {
        values.add(number(target.seq()));
        values.add(RedisKeys.bytes(target.mid()));
        values.add(number(revision));
        values.add(ofOthers ? YES : NOTHING);
        values.add(NO_WORDS);
    }

    /** How finely ids are forgotten, ms: by quarters of the window. Finer would be less memory; but each append with an id looks into every part. */
    private long part() {
        return Math.max(1, window.toMillis() / PARTS);
    }

    private static Outcome outcome(ConversationId conversation, List<Object> answer) {
        String what = LogReads.text(answer.get(0));
        boolean duplicate = what.equals("dup");
        if (!duplicate && !what.equals("ok")) {
            return Refusal.valueOf(what);
        }
        if (!duplicate && answer.size() > STATE_LOST) {
            LOG.error(
                    "event=redis_log_state_lost conversation={} seq={}",
                    LogText.line(conversation),
                    LogText.line(LogReads.text(answer.get(2))));
        }
        Position position = new Position(
                LogReads.text(answer.get(1)),
                Long.parseLong(LogReads.text(answer.get(2))),
                LogReads.text(answer.get(3)));
        return new Receipt(position, Instant.ofEpochMilli(Long.parseLong(LogReads.text(answer.get(4)))), duplicate);
    }

    private static byte[] number(long value) {
        return RedisKeys.bytes(Long.toString(value));
    }

    /** Of one length whatever the texts are; nobody can make two of them share one. */
    private static byte[] digest(String... texts) {
        ByteWriter all = new ByteWriter();
        for (String text : texts) {
            all.text(text);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.bytes());
            return Base64.getEncoder().withoutPadding().encode(Arrays.copyOf(digest, DIGEST));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256; every JDK has it", e);
        }
    }
}
