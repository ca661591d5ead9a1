/**
 * Puts an {@code ImServer} behind a path of a Jakarta container: {@link io.embedim.jakarta.ImEndpoints} by a call, {@link io.embedim.jakarta.AbstractImEndpoint} by
 * an annotated class of the application's own.
 */
@NullMarked
package io.embedim.jakarta;

import org.jspecify.annotations.NullMarked;
