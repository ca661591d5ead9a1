/**
 * The wire protocol as values: what a client may send, what a server answers, and the rules between. No I/O, no codec.
 */
@NullMarked
package io.embedim.protocol;

import org.jspecify.annotations.NullMarked;
