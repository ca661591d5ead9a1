/** The dialect {@code im.v2}: what its frames say, read and written, and what is done for them. */
@NullMarked
package io.embedim.internal.v2;

import org.jspecify.annotations.NullMarked;
