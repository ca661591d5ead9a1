/** A CometD server. */
@NullMarked
package io.embedim.bench.peer.cometd;

import org.jspecify.annotations.NullMarked;
