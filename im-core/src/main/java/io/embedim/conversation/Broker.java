package io.embedim.conversation;

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
