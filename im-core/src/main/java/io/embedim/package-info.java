/** The entry point of the library. */
@NullMarked
package io.embedim;

import org.jspecify.annotations.NullMarked;
