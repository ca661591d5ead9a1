/**
 * What the original's clients rely upon, as recorded cases that can be replayed against a server in memory and over real sockets alike.
 */
@NullMarked
package io.embedim.testkit.conformance;

import org.jspecify.annotations.NullMarked;
