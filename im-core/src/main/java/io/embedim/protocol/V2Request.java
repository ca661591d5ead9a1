package io.embedim.protocol;

import jakarta.validation.constraints.AssertTrue;
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
        @Size(min = 1, max = 64, message = "id.form") @Nullable
        String id,

        @Nullable String conv,

        @GroupIdForm(message = "not_found") @Nullable String groupOfConv,

        @Size(min = 1, message = "group_id.required") @GroupIdForm(message = "group_id.form") @Nullable
        String groupId,

        @Size(min = 1, message = "to_user_id.required") @MaxCodePoints(value = 64, message = "to_user_id.max") @Nullable
        String toUserId,

        @KnownMode(message = "mode.in") @Size(min = 1, message = "mode.in") @Nullable
        String mode,

        @Size(min = 1, message = "from_user_id.required")
        @MaxCodePoints(value = 64, message = "from_user_id.max")
        @Nullable
        String fromUserId,

        @Nullable String type,

        @MaxText(message = "text.max") @Nullable String content,

        boolean hasBody) {

    private static final int SHORTEST_RANDOM = 16;

    /** The rules that hold for frames about a conversation. */
    public interface About {}

    /** The rules that hold for frames that are written to a log. */
    public interface Writing {}

    /** The rules that hold for frames that say something. */
    public interface Saying {}

    /**
     * Whether the id could be a random one.
     *
     * @return false where it is missing, too short, or has other letters
     */
    @AssertTrue(message = "id.random", groups = Writing.class)
    public boolean isIdRandom() {
        if (id == null || id.length() < SHORTEST_RANDOM) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the group is not the one that stands for none in the classic protocol.
     *
     * @return false where it is
     */
    @AssertTrue(message = "group_id.form")
    public boolean isGroupReal() {
        return !"0".equals(groupId);
    }

    /**
     * Whether the conversation's group is not the one that stands for none.
     *
     * @return false where it is
     */
    @AssertTrue(message = "not_found")
    public boolean isGroupOfConvReal() {
        return !"0".equals(groupOfConv);
    }

    /**
     * Whether the type is one that the protocol has.
     *
     * @return false where it is another
     */
    @AssertTrue(message = "type.in")
    public boolean isTypeKnown() {
        if (type == null) {
            return true;
        }
        return switch (type) {
            case "text", "image", "file", "voice", "location", "custom" -> true;
            default -> false;
        };
    }

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
