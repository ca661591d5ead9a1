/** A netty-socketio server. */
@NullMarked
package io.embedim.bench.peer.nettysocketio;

import org.jspecify.annotations.NullMarked;
