/** A server to compare with, in a process of its own: how it starts, says that it is ready, and ends. */
@NullMarked
package io.embedim.bench.peer.process;

import org.jspecify.annotations.NullMarked;
