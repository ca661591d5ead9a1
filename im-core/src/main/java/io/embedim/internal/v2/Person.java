package io.embedim.internal.v2;

import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a list.
 *
 * @param user who
 * @param role the word for what the user may do in a group, or null where that is not asked
 * @param online whether the user has a connection
 */
public record Person(UserId user, @Nullable String role, boolean online) {}
