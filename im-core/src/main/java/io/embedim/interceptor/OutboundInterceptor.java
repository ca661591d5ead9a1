package io.embedim.interceptor;

import io.embedim.conversation.Message;

/**
 * Sees a message on its way to the connections of this node: changes it for some, or withholds it from them (SPI). The message in its conversation stays what it is.
 *
 * <p>A message is encoded once for all who hear the same. So recipients are put together first, by {@link #variant}, and {@link #intercept} is asked once for each variant that there is:
 * one language, one kind of client. With several interceptors, each sees what the one before has made.
 *
 * <p><b>Threads.</b> Any, several at once, but for one conversation one message at a time, in its order: whoever takes long here holds up the conversation. Must not block. What takes long,
 * such as a translation, belongs into an {@link InboundInterceptor}, which leaves its results as fields.
 *
 * <p><b>Failure.</b> Where it throws, or its change cannot be made, those recipients do not get the message: what could not be filtered is not shown. It is logged as
 * {@code event=interceptor_failed}.
 */
@FunctionalInterface
public interface OutboundInterceptor {

    /**
     * What is to become of a message for one variant?
     *
     * @param message the message
     * @param variant what {@link #variant} said of its recipients
     * @return the verdict
     */
    Verdict intercept(Message message, String variant);

    /**
     * Which recipients hear the same. Asked for each recipient of each message; should be quick, and give few different answers.
     *
     * @param recipient who would hear it
     * @return the variant's name; without this, all hear the same
     */
    default String variant(Recipient recipient) {
        return "";
    }
}
