/** A t-io server. */
@NullMarked
package io.embedim.bench.peer.tio;

import org.jspecify.annotations.NullMarked;
