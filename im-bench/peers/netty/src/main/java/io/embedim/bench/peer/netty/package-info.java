/** A broadcaster in bare Netty: what a JVM can do where nobody asks for more than bytes. */
@NullMarked
package io.embedim.bench.peer.netty;

import org.jspecify.annotations.NullMarked;
