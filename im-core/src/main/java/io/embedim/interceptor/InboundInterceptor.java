package io.embedim.interceptor;

import io.embedim.conversation.Draft;
import io.embedim.security.Actor;
import java.util.concurrent.CompletionStage;

/**
 * Sees what a client says, before it is published: changes it for everybody and for good, or refuses it (SPI). Asked after the policy, in the order in which interceptors were given to the
 * builder; each sees what the one before has made. What the application itself publishes does not come by.
 *
 * <p><b>Threads.</b> Any, several at once; one connection's messages come one at a time, and the next waits for this one. Must not block.
 *
 * <p><b>Failure.</b> Where it throws, its stage fails or does not complete within {@code Limits.backendTime}, or its change cannot be made, the sender gets a temporary error (503), and nothing
 * is said.
 */
@FunctionalInterface
public interface InboundInterceptor {

    /**
     * What is to become of a message?
     *
     * @param sender who says it
     * @param message what, and to whom
     * @return the verdict; {@link Verdict#passNow()} where nothing is to be done
     */
    CompletionStage<? extends Verdict> intercept(Actor sender, Draft message);
}
