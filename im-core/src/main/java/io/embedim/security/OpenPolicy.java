package io.embedim.security;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everybody may do everything. */
enum OpenPolicy implements AccessPolicy {
    INSTANCE;

    @Override
    public CompletionStage<Decision> join(Actor actor, GroupId group) {
        return Decision.now(true);
    }

    @Override
    public CompletionStage<Decision> speak(Actor actor, GroupId group) {
        return Decision.now(true);
    }

    @Override
    public CompletionStage<Decision> speak(Actor actor, UserId to) {
        return Decision.now(true);
    }

    @Override
    public CompletionStage<Sight> read(Actor actor, GroupId group) {
        return CompletableFuture.completedFuture(Sight.ALL);
    }
}
