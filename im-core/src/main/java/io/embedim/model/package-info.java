/**
 * The values that every other package speaks of: ids, identities, limits, pages, results. Depends on nothing.
 */
@NullMarked
package io.embedim.model;

import org.jspecify.annotations.NullMarked;
