package io.embedim.jdbc;

import io.embedim.model.ImException;
import java.util.concurrent.CompletableFuture;

/** Something else that has to be done in turn, in a transaction of its own. */
final class Errand implements Item {

    private static final long WEIGHT = 256;

    final String name;
    final Database.Work<Boolean> work;
    final CompletableFuture<Boolean> done = new CompletableFuture<>();

    Errand(String name, Database.Work<Boolean> work) {
        this.name = name;
        this.work = work;
    }

    /** The time is over. */
    void giveUp(String timeOut) {
        done.completeExceptionally(new ImException(name + " was given up: it took longer than " + timeOut));
    }

    @Override
    public long weight() {
        return WEIGHT;
    }

    @Override
    public void drop(String why) {
        done.completeExceptionally(new ImException(name + " was not done: " + why));
    }
}
