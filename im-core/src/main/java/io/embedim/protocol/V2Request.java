package io.embedim.protocol;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What most frames of the dialect {@code im.v2} have in common, as it came and nothing yet decided: what the validation rules stand on.
 *
 * <p>A field is null where it is missing or JSON null, and empty where it is of a type that it may not have. Of the broken rules the one that comes first in {@link ProtocolText} is
 * reported. Source: docs/protocol-v2.md.
 *
 * @param id the client's name for the frame
 * @param conv the conversation, as the server wrote it
 * @param groupOfConv the group in {@code conv}, where it is one
 * @param groupId the group
 * @param toUserId the other user
 * @param mode {@code "1"} or {@code "2"}
 * @param fromUserId who the client says it is
 * @param type which kind of message
 * @param content what is said
 * @param hasBody whether there is a body
 */
public record V2Request(
        @Size(min = 1, max = 64, message = "id.form")
        @NotNull(message = "id.random", groups = Writing.class)
        @Pattern(regexp = "[A-Za-z0-9_-]{16,64}", message = "id.random", groups = Writing.class)
        @Nullable
        String id,

        @Nullable String conv,

        @GroupIdForm(message = "not_found") @Pattern(regexp = NOT_0, message = "not_found") @Nullable
        String groupOfConv,

        @Size(min = 1, message = "group_id.required")
        @GroupIdForm(message = "group_id.form")
        @Pattern(regexp = NOT_0, message = "group_id.form")
        @Nullable
        String groupId,

        @Size(min = 1, message = "to_user_id.required") @MaxCodePoints(value = 64, message = "to_user_id.max") @Nullable
        String toUserId,

        @KnownMode(message = "mode.in") @Size(min = 1, message = "mode.in") @Nullable
        String mode,

        @Size(min = 1, message = "from_user_id.required")
        @MaxCodePoints(value = 64, message = "from_user_id.max")
        @Nullable
        String fromUserId,

        @Pattern(regexp = "text|image|file|voice|location|custom", message = "type.in") @Nullable
        String type,

        @MaxText(message = "text.max") @Nullable String content,

        boolean hasBody) {

    private static final String NOT_0 = "(?s)|[^0].*|0.+";

    /** The rules that hold for frames about a conversation. */
    public interface About {}

    /** The rules that hold for frames that are written to a log. */
    public interface Writing {}

    /** The rules that hold for frames that say something. */
    public interface Saying {}

    /**
     * Whether the conversation is named in one way.
     *
     * @return false where it is named in none or in several
     */
    @AssertTrue(message = "conversation.one", groups = About.class)
    public boolean isAboutOne() {
        return (conv == null ? 0 : 1) + (groupId == null ? 0 : 1) + (toUserId == null ? 0 : 1) == 1;
    }

    /**
     * Whether a mode, where there is one, fits the conversation.
     *
     * @return false where it is the other one
     */
    @AssertTrue(message = "mode.fits", groups = About.class)
    public boolean isModeFitting() {
        return mode == null || mode.equals("2") == (groupId != null || groupOfConv != null);
    }

    /**
     * Whether there is a text where it is all that is said.
     *
     * @return false where it is missing
     */
    @AssertTrue(message = "content.required", groups = Saying.class)
    public boolean isContentThere() {
        return !isText() || (content != null && !content.isEmpty());
    }

    /**
     * Whether there is a body where it says what the text does not.
     *
     * @return false where it is missing
     */
    @AssertTrue(message = "body.required", groups = Saying.class)
    public boolean isBodyThere() {
        return isText() || hasBody;
    }

    private boolean isText() {
        return type == null || type.equals("text");
    }

    @Override
    public String toString() {
        return "V2Request[]";
    }
}
