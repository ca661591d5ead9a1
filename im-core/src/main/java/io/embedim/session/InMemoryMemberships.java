package io.embedim.session;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The default {@link Memberships}: one node, in memory. */
public final class InMemoryMemberships implements Memberships {

    /** Creates an empty one. */
    public InMemoryMemberships() {}

    @Override
    public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<Membership>> save(Membership membership) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
        throw new UnsupportedOperationException();
    }
}
