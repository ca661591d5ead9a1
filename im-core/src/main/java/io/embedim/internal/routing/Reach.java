package io.embedim.internal.routing;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandReply;
import io.embedim.model.Target;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Brings the application's commands to where the connections are: this node at once, on the caller's thread, and the others where one of them may be meant. */
public final class Reach {

    private final LocalIndex index;
    private final Commands here;
    private final Others others;

    Reach(LocalIndex index, Commands here, Others others) {
        this.index = index;
        this.here = here;
        this.others = others;
    }

    /** Completes when the command has taken effect on every node, or its time is over there. */
    public CompletionStage<Reached> command(Command command) {
        boolean onlyHere = Selection.isHere(command.target(), index);
        CompletionStage<CommandReply> local = here.carryOut(command);
        if (onlyHere) {
            return local.thenApply(reply -> counted(command.target(), new Reached(reply, Set.of())));
        }
        return local.thenApply(reply -> new Reached(reply, Set.of()))
                .thenCombine(others.ask(command), Reached::plus)
                .thenApply(reached -> counted(command.target(), reached));
    }

    /** A connection that was named and that no node knows is closed; where a node did not answer, nobody can say. */
    private static Reached counted(Target target, Reached reached) {
        if (target.included().connections().isEmpty() || !reached.unreached().isEmpty()) {
            return reached;
        }
        long named = target.included().connections().stream()
                .filter(id -> !target.excepted().connections().contains(id))
                .count();
        long missing = Math.max(0, named - reached.sum().found());
        return new Reached(reached.sum().plus(new CommandReply(0, 0, 0, missing, 0, 0, null)), Set.of());
    }
}
