/**
 * Which nodes are alive: leases and the SPI that keeps them.
 */
@NullMarked
package io.embedim.cluster;

import org.jspecify.annotations.NullMarked;
