/** In the adapter's package, for the clients of its own tests. */
@NullMarked
package io.embedim.jakarta;

import org.jspecify.annotations.NullMarked;
