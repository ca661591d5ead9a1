package io.embedim.conversation;

/**
 * Which action of a user a draft is, so that a repetition is known as one (protocol S2, S3).
 *
 * @param id made by the client once for each action, the same in every attempt
 * @param hash of all that the client said; another hash under the same id is another action, and refused
 */
public record Once(String id, String hash) {

    /**
     * Checks that there is something to know it by.
     *
     * @throws IllegalArgumentException if the id or the hash is empty
     */
    public Once {
        if (id.isEmpty() || hash.isEmpty()) {
            throw new IllegalArgumentException("id '" + id + "' or hash '" + hash + "' is empty; expected both");
        }
    }
}
