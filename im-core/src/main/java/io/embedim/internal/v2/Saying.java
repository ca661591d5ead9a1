package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.internal.codec.Quotes;
import io.embedim.model.UserId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the requests that are written to a log: their words, and the hash of all that they say. */
final class Saying {

    private static final String EVERYBODY = "@all";

    private Saying() {}

    /** From fields that are valid. */
    static Request.Writing request(Event event, Fields fields, Address to) {
        String id = there(fields.id);
        String said = event == Event.RECALL ? "" : said(fields);
        String hash = Hashes.of(event.word, place(to), said, event == Event.SPEAK ? null : there(fields.target));
        return switch (event) {
            case SPEAK ->
                new Request.Speak(
                        id,
                        to,
                        words(fields, said),
                        hash,
                        fields.fromUserId == null ? null : new UserId(fields.fromUserId));
            case EDIT -> new Request.Edit(id, to, there(fields.target), fields.baseRev, words(fields, said), hash);
            case RECALL -> new Request.Recall(id, to, there(fields.target), fields.baseRev, hash);
            default -> throw new IllegalArgumentException(event.word + " is written to no log");
        };
    }

    private static Words words(Fields fields, String said) {
        Others ext = fields.ext;
        List<String> mentions = fields.mentions;
        return new Words(
                Requests.type(fields),
                fields.content == null ? "" : fields.content,
                ext == null ? said : said + ext.asExt(),
                mentions != null && mentions.contains(EVERYBODY));
    }

    /** The canonical members of what is said, in the one order; what says nothing is left out. */
    private static String said(Fields fields) {
        String content = fields.content;
        StringBuilder json = new StringBuilder((content == null ? 0 : content.length()) + 48);
        json.append("\"type\":\"").append(Requests.type(fields)).append('"');
        if (content != null && !content.isEmpty()) {
            json.append(",\"content\":\"").append(Quotes.quoted(content)).append('"');
        }
        if (fields.body != null) {
            json.append(",\"body\":");
            fields.body.write(json);
        }
        JsonOut members = new JsonOut(json, "");
        if (fields.mentions != null && !fields.mentions.isEmpty()) {
            members.list("mentions", fields.mentions, ListParts::text);
        }
        EntryRef replyTo = fields.replyTo;
        if (replyTo != null) {
            members.ref("reply_to", replyTo);
        }
        return members.end();
    }

    /**
     * Where it is said, the same however the client named it. Of a pair only that it is one: its users are known to whoever keeps the hash, which is found by conversation, sender and id.
     */
    private static String place(Address to) {
        if (to instanceof Address.OfGroup group) {
            return "g:" + Quotes.quoted(group.group().value());
        }
        return to instanceof Address.Known known && known.conversation() instanceof ConversationId.Group group
                ? "g:" + Quotes.quoted(group.group().value())
                : "p";
    }

    private static <T> T there(@Nullable T field) {
        return Objects.requireNonNull(field, "the validator let a missing field pass");
    }
}
