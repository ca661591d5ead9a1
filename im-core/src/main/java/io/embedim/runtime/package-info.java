/**
 * Time and executors, injected: the core starts nothing that it was not given.
 */
@NullMarked
package io.embedim.runtime;

import org.jspecify.annotations.NullMarked;
