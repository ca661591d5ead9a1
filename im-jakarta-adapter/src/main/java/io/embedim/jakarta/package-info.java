/** Registers the chat endpoint in a Jakarta container. */
@NullMarked
package io.embedim.jakarta;

import org.jspecify.annotations.NullMarked;
