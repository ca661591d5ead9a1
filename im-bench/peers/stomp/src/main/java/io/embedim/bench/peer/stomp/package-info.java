/** Spring's STOMP broker in Tomcat. */
@NullMarked
package io.embedim.bench.peer.stomp;

import org.jspecify.annotations.NullMarked;
