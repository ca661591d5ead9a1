package io.embedim.security;

import io.embedim.model.GroupId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of groups in memory, of one node, gone with it. Grows with the groups that have rules. Safe for use by any thread. */
public final class InMemoryGroupRules implements GroupRules.Source {

    private static final CompletionStage<GroupRules> NONE = CompletableFuture.completedFuture(GroupRules.NONE);

    private final Map<GroupId, CompletionStage<GroupRules>> rules = new ConcurrentHashMap<>();

    /** No group has rules. */
    public InMemoryGroupRules() {}

    /**
     * Sets the rules of a group; they hold from its next message on.
     *
     * @param group the group
     * @param now its rules; {@link GroupRules#NONE} forgets it
     */
    public void set(GroupId group, GroupRules now) {
        if (now.equals(GroupRules.NONE)) {
            rules.remove(group);
        } else {
            rules.put(group, CompletableFuture.completedFuture(now));
        }
    }

    @Override
    public CompletionStage<GroupRules> of(GroupId group) {
        return rules.getOrDefault(group, NONE);
    }
}
