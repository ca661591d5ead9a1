/** What stands in the log, and what must not. */
@NullMarked
package io.embedim.examples.logs;

import org.jspecify.annotations.NullMarked;
