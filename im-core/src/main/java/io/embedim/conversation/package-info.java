/**
 * What was said: conversations, messages, positions, and the SPI of the broker that orders and carries them.
 */
@NullMarked
package io.embedim.conversation;

import org.jspecify.annotations.NullMarked;
