/** Hostile clients: what their frames cost. */
@NullMarked
package io.embedim.fuzz;

import org.jspecify.annotations.NullMarked;
