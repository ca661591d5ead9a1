package io.embedim.monitor;

/**
 * What a client was told when its frame was not taken.
 *
 * @param code the answer's code, such as 400
 * @param rule the key of the answer's text, such as {@code from_user_id.max}; {@code other} where there is no such key for this code, {@code interceptor} with
 *     403 where an interceptor refused it, whatever code it told the client
 */
public record Rejection(int code, String rule) {}
