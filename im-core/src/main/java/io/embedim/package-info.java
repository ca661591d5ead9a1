/**
 * The entry point: {@link io.embedim.ImServer}, its builder and its listener. Nothing else in the library depends on this package.
 */
@NullMarked
package io.embedim;

import org.jspecify.annotations.NullMarked;
