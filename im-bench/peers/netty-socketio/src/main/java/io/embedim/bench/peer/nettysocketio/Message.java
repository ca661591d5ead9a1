package io.embedim.bench.peer.nettysocketio;

/**
 * What a client gets.
 *
 * @param text the message
 */
record Message(String text) {}
