package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;

/**
 * An action that a log has taken (protocol S3).
 *
 * @param key by which it is known
 * @param hash of all that the client said
 * @param position where it stands
 * @param at when it was appended
 */
record Sent(String key, String hash, Position position, Instant at) {

    /** Of one length whatever the ids are, so the table stays small; nobody can make two actions share one. */
    static String key(ConversationId conversation, UserId sender, Once once) {
        String user = StoredText.encode(sender.value());
        String text = LogState.key(conversation).length() + ":" + LogState.key(conversation) + user.length() + ":"
                + user + StoredText.encode(once.id());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256; every JDK has it", e);
        }
    }

    /** From a row of {@link Sql#ONCE}. */
    static Sent read(ResultSet row) throws SQLException {
        return new Sent(
                row.getString(1),
                row.getString(2),
                new Position(row.getString(3), row.getLong(4), row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    /** Sets the parameters of {@link Sql#ADD_ONCE}. */
    void write(PreparedStatement to) throws SQLException {
        to.setString(1, hash);
        to.setString(2, position.epoch());
        to.setLong(3, position.seq());
        to.setString(4, position.mid());
        to.setLong(5, at.toEpochMilli());
        to.setString(6, key);
    }

    /** What a repetition is answered. */
    Outcome answer(Once once) {
        return hash.equals(StoredText.encode(once.hash())) ? new Receipt(position, at, true) : Refusal.ID_TAKEN;
    }
}
