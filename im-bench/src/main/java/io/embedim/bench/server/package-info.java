/** A server to be measured from outside: the chat and the baseline, side by side in one container. */
@NullMarked
package io.embedim.bench.server;

import org.jspecify.annotations.NullMarked;
