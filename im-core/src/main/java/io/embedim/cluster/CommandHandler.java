package io.embedim.cluster;

import java.util.concurrent.CompletionStage;

/**
 * Carries out what other nodes ask of this one.
 *
 * <p><b>Threads.</b> Any; must not block its caller. <b>Failure.</b> What goes wrong is counted in the reply; a stage that fails means that the node could not do it.
 */
@FunctionalInterface
public interface CommandHandler {

    /**
     * Carries out a command.
     *
     * @param command what to do
     * @return completes when it has taken effect on this node
     */
    CompletionStage<CommandReply> carryOut(Command command);
}
