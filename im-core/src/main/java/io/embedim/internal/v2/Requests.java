package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.internal.validation.V2Rules;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ProtocolText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From fields to a request, where all rules hold. Safe for use by any thread. */
final class Requests {

    private static final int USUAL_COUNT = 50;

    private final RequestValidator validator;

    Requests(RequestValidator validator) {
        this.validator = validator;
    }

    Item item(Event event, Fields fields) {
        ProtocolText broken = broken(fields, event.rules);
        broken = First.of(broken, needs(event, fields));
        return broken == null ? request(event, fields) : RequestReader.fault(broken, event.word, fields.id);
    }

    private @Nullable ProtocolText broken(Fields fields, V2Rules rules) {
        ProtocolText broken = First.of(fields.broken, validator.broken(fields.toRequest(), rules));
        return fields.body == null ? broken : First.of(broken, fields.body.broken(type(fields), validator));
    }

    /** Which rule of this event alone is broken, or null where none is. */
    private @Nullable ProtocolText needs(Event event, Fields fields) {
        return switch (event) {
            case EDIT, RECALL -> {
                ProtocolText target = fields.target == null ? ProtocolText.TARGET_FORM : null;
                yield fields.baseRev < 0 ? First.of(target, ProtocolText.BASE_REV_FORM) : target;
            }
            case JOIN -> First.of(needsGroup(fields), needsStart(fields, false));
            case LEAVE, MEMBERS -> needsGroup(fields);
            case SYNC -> needsConversations(fields);
            case HISTORY -> {
                boolean limited = !fields.has(Field.LIMIT) || isCount(fields.limit);
                yield fields.epoch == null || fields.before < 1 || !limited ? ProtocolText.BEFORE_FORM : null;
            }
            case READ, RECV -> fields.position == null ? ProtocolText.POSITION_FORM : null;
            case PRESENCE -> fields.users == null ? ProtocolText.USERS_FORM : null;
            case AUTH -> fields.ticket == null || fields.ticket.isEmpty() ? ProtocolText.TICKET_REQUIRED : null;
            case SPEAK, TYPING, PING -> null;
        };
    }

    private static @Nullable ProtocolText needsGroup(Fields fields) {
        boolean pair = fields.toUserId != null || fields.conversation instanceof ConversationId.Pair;
        return pair ? ProtocolText.GROUP_ID_REQUIRED : null;
    }

    private static @Nullable ProtocolText needsStart(Fields fields, boolean required) {
        boolean position = fields.has(Field.POSITION);
        boolean last = fields.has(Field.LAST);
        boolean valid = position ? !last : last ? isCount(fields.last) : !required;
        return valid ? null : ProtocolText.START_FORM;
    }

    private @Nullable ProtocolText needsConversations(Fields fields) {
        ProtocolText broken = null;
        if (fields.conversations != null) {
            for (Fields wanted : fields.conversations) {
                broken = First.of(broken, broken(wanted, V2Rules.ABOUT));
                broken = First.of(broken, needsStart(wanted, true));
            }
        }
        return broken;
    }

    private static boolean isCount(long count) {
        return count >= 1 && count <= RequestReader.MAX_LIST;
    }

    private static Request request(Event event, Fields fields) {
        String id = fields.id;
        return switch (event) {
            case SPEAK, EDIT, RECALL -> Saying.request(event, fields, address(fields));
            case JOIN -> new Request.Join(id, group(fields), start(fields));
            case LEAVE -> new Request.Leave(id, group(fields));
            case SYNC -> new Request.Sync(id, wanted(fields), fields.directory);
            case HISTORY ->
                new Request.History(
                        id,
                        address(fields),
                        there(fields.epoch),
                        fields.before,
                        fields.has(Field.LIMIT) ? (int) fields.limit : USUAL_COUNT);
            case READ, RECV -> new Request.Mark(id, address(fields), event == Event.READ, there(fields.position));
            case TYPING -> new Request.Typing(id, address(fields));
            case PRESENCE ->
                new Request.Presence(
                        id, there(fields.users).stream().map(UserId::new).toList(), fields.watch);
            case MEMBERS -> new Request.Members(id, group(fields), fields.cursor == null ? "" : fields.cursor);
            case PING -> new Request.Ping(id);
            case AUTH -> new Request.Auth(id, there(fields.ticket));
        };
    }

    private static List<Request.Wanted> wanted(Fields fields) {
        if (fields.conversations == null) {
            return List.of();
        }
        List<Request.Wanted> wanted = new ArrayList<>(fields.conversations.size());
        for (Fields one : fields.conversations) {
            wanted.add(new Request.Wanted(address(one), start(one)));
        }
        return wanted;
    }

    private static Address address(Fields fields) {
        if (fields.groupId != null) {
            return new Address.OfGroup(new GroupId(fields.groupId));
        } else if (fields.toUserId != null) {
            return new Address.WithUser(new UserId(fields.toUserId));
        }
        return new Address.Known(there(fields.conversation));
    }

    private static GroupId group(Fields fields) {
        return fields.conversation instanceof ConversationId.Group named
                ? named.group()
                : new GroupId(there(fields.groupId));
    }

    private static Request.Start start(Fields fields) {
        return fields.position != null
                ? new Request.Behind(fields.position)
                : new Request.Newest(fields.has(Field.LAST) ? (int) fields.last : USUAL_COUNT);
    }

    static String type(Fields fields) {
        return fields.type == null ? "text" : fields.type;
    }

    /** The rules have seen to it; if a replaced validator has not, better here than later. */
    private static <T> T there(@Nullable T field) {
        return Objects.requireNonNull(field, "the validator let a missing field pass");
    }
}
