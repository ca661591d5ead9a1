package io.embedim.conversation;

import io.embedim.model.UserId;

/**
 * Under which membership a draft was allowed. The append refuses it where the membership has ended or is another one by then (protocol M2).
 *
 * @param user whose membership
 * @param version its version, as in {@link Action.AddMember}
 */
public record Fence(UserId user, long version) {}
