/**
 * A client of the dialect {@code im.v2}: {@link io.embedim.client.ChatSession} knows the protocol and nothing else, {@link io.embedim.client.ChatClient} brings it a socket and a
 * thread. Source: docs/protocol-v2.md.
 */
@NullMarked
package io.embedim.client;

import org.jspecify.annotations.NullMarked;
