/** Runs the comparison: starts servers, heats them, plays scenarios against them, and ends them. */
@NullMarked
package io.embedim.bench.compare.play;

import org.jspecify.annotations.NullMarked;
