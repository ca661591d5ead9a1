/**
 * From a received frame to the outboxes of its recipients. Not exported.
 */
@NullMarked
package io.embedim.internal.routing;

import org.jspecify.annotations.NullMarked;
