package io.embedim.protocol;

import jakarta.validation.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;

/**
 * A classic frame as it came, its fields taken out and nothing yet decided: what the validation rules stand on.
 *
 * <p>A field is null where it is missing, JSON null, or of a type that it may not have. {@code mode} keeps the text of a number or a boolean, so that {@code 2.0}
 * and {@code true} are told apart from a missing mode. The rules are checked in the order of the components; the first broken one is reported. Source:
 * docs/protocol.md, rules C-MODE to C-TO.
 *
 * @param mode {@code "1"} or {@code "2"}
 * @param groupId the group; for mode 1 only its form counts
 * @param fromUserId the sender
 * @param fromUsername the sender's name
 * @param fromAvatar the sender's avatar
 * @param content what is said
 * @param event what is asked for; null also where it is not a text
 * @param toUserId the recipient of a private message
 * @param numbers which of the ids came as JSON numbers
 * @param json the whole object, as sent
 */
@GroupForGroupChat(message = "group_id.form")
public record ClassicRequest(
        @NotEmpty(message = "mode.required") @KnownMode(message = "mode.in") @Nullable
        String mode,

        @NotEmpty(message = "group_id.required") @GroupIdForm(message = "group_id.form") @Nullable
        String groupId,

        @NotEmpty(message = "from_user_id.required") @MaxCodePoints(value = 64, message = "from_user_id.max") @Nullable
        String fromUserId,

        @NotEmpty(message = "from_username.required")
        @MaxCodePoints(value = 64, message = "from_username.max")
        @Nullable
        String fromUsername,

        @AvatarIfRequired(message = "from_avatar.required") @Nullable
        String fromAvatar,

        @NotEmpty(message = "content.required") @MaxContent(message = "content.max") @Nullable
        String content,

        @Nullable String event,

        @NotEmpty(message = "to_user_id.required", groups = PrivateSpeak.class)
        @MaxCodePoints(value = 64, message = "to_user_id.max", groups = PrivateSpeak.class)
        @Nullable
        String toUserId,

        Numbers numbers,
        String json) {

    /** The rules that hold for a private {@code speak} only. */
    public interface PrivateSpeak {}

    /**
     * Which ids came as JSON numbers; they are relayed as they came.
     *
     * @param groupId whether {@code group_id} did
     * @param fromUserId whether {@code from_user_id} did
     * @param fromUsername whether {@code from_username} did
     */
    public record Numbers(boolean groupId, boolean fromUserId, boolean fromUsername) {

        /** No id came as a number. */
        public static final Numbers NONE = new Numbers(false, false, false);
    }

    @Override
    public String toString() {
        return "ClassicRequest[event=" + event + ", mode=" + mode + "]";
    }
}
