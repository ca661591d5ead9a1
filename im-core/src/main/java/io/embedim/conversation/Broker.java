package io.embedim.conversation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import java.util.concurrent.CompletionStage;

/**
 * What was said, in one order, and how it gets to every node (SPI).
 *
 * <p><b>Lifecycle.</b> Made by the application and handed to the builder; the server calls {@link #attach} once before anything else and {@link #close} at its end.
 *
 * <p><b>Threads.</b> Any thread may call, several at once. No method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Rules.</b>
 * <ul>
 *   <li>B1 {@code publish} gives the message its {@code seq} and appends it in one atomic step. Within a conversation and epoch, seq is contiguous from 1, and
 *       {@code prev} is the mid of seq − 1, empty at 1. Mids are never used twice.
 *   <li>B2 The stage completes only after the append; what failed before the append is not delivered.
 *   <li>B3 A message is delivered once for each topic of its audience that this node has subscribed to: a group's topic; for a pair the topics of both users, one
 *       topic where both are the same user.
 *   <li>B4 Events of one topic are delivered one at a time; messages of one conversation in the order of seq, the same on every node.
 *   <li>B5 When {@code subscribe} has completed, everything published afterwards is delivered; when {@code unsubscribe} has completed, nothing more is. Both are
 *       idempotent.
 *   <li>B6 A publish from inside a listener, and a subscribe or unsubscribe from there, neither deadlocks nor overtakes.
 *   <li>B7 A signal is delivered to the topic's subscribers in an order with the messages that were published through the same node before and after it.
 *   <li>B8 {@code probe} completes only if what is published now would reach this node's listener.
 *   <li>B9 A command is carried out at most once, by the node that is named and no other, and its stage completes with that node's reply, once the node has given it.
 *   <li>B10 Commands from one node to one other are begun in the order in which they were given. One whose reply takes its time holds up no other.
 *   <li>B11 There is no reply but the node's: a command to a node that nobody serves, or given after {@code close}, fails or never completes; so does one that the node
 *       failed to carry out.
 *   <li>B12 A command from inside a listener or a command handler neither deadlocks nor gets lost.
 * </ul>
 *
 * <p><b>Failure.</b> A failed {@code publish} was not appended; one that does not complete in time may or may not have been, and is never acknowledged.
 *
 * <p><b>How to test it.</b> {@code BrokerContract} in im-testkit.
 */
public interface Broker extends AutoCloseable {

    /**
     * Names the one listener of this node.
     *
     * @param listener hears all subscribed topics
     * @throws IllegalStateException if there is one already
     */
    void attach(TopicListener listener);

    /**
     * Names who carries out the commands to this node (B9). Called once after {@link #attach}; and once more, under a new id, by a node that has lost its lease.
     *
     * @param self this node
     * @param handler carries them out
     * @throws IllegalStateException if that id is served already
     */
    void serve(NodeId self, CommandHandler handler);

    /**
     * Asks a node to do something (B9 to B12). The core bounds how long it waits for the reply; without one it takes the outcome for unknown.
     *
     * @param node which node, this one included
     * @param command what to do
     * @return the node's reply
     */
    CompletionStage<CommandReply> command(NodeId node, Command command);

    /**
     * Appends a message and delivers it to its audience (B1 to B4).
     *
     * @param draft the message
     * @return where it stands
     */
    CompletionStage<Receipt> publish(Draft draft);

    /**
     * Sends something transient to a topic (B7).
     *
     * @param signal what
     * @return completes when it is on its way
     */
    CompletionStage<Void> signal(Signal signal);

    /**
     * Starts to listen (B5).
     *
     * @param topic to what
     * @return completes when it is in force
     */
    CompletionStage<Void> subscribe(Topic topic);

    /**
     * Ceases to listen (B5).
     *
     * @param topic to what
     * @return completes when it is in force
     */
    CompletionStage<Void> unsubscribe(Topic topic);

    /**
     * Asks for a sign of life (B8).
     *
     * @return completes when the way from publish to the listener is open
     */
    CompletionStage<Void> probe();

    /** Lets go of everything; what is published afterwards fails. */
    @Override
    void close();
}
