/**
 * JSON to frames and frames to JSON. Not exported.
 */
@NullMarked
package io.embedim.internal.codec;

import org.jspecify.annotations.NullMarked;
