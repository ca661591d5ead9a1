package io.embedim.internal.v2;

import io.embedim.internal.codec.Quotes;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says, found valid.
 *
 * @param type one of {@code text}, {@code image}, {@code file}, {@code voice}, {@code location}, {@code custom}
 * @param content the text or caption, empty where there is none
 * @param fields all that is relayed and kept, as members of a JSON object without its braces: {@code "type":"text","content":"hi"}, which is what a draft keeps
 * @param mentionsAll whether everybody is mentioned
 */
public record Words(String type, String content, String fields, boolean mentionsAll) {

    /**
     * All that is relayed and kept, with the sender's picture where there is one.
     *
     * @param avatar the picture, as the handshake or the application has it
     */
    public String fieldsWith(@Nullable String avatar) {
        return avatar == null ? fields : fields + ",\"from_avatar\":\"" + Quotes.quoted(avatar) + "\"";
    }

    @Override
    public String toString() {
        return "Words[" + type + "]";
    }
}
