package io.embedim.conversation;

/**
 * Hears what is published to the topics that this node has subscribed to.
 *
 * <p><b>Ordering.</b> The events of one topic come one at a time, messages of one conversation in the order of their {@code seq}; events of different topics may come
 * at once from several threads. <b>Threads.</b> Any; no lock of the broker is held. The listener must be quick, must not block, and may publish, subscribe and
 * unsubscribe. <b>Failure.</b> What it throws is logged and does not stop the topic.
 */
@FunctionalInterface
public interface TopicListener {

    /**
     * An event has come.
     *
     * @param topic the topic that it came by
     * @param event the message or signal
     */
    void onEvent(Topic topic, TopicEvent event);
}
