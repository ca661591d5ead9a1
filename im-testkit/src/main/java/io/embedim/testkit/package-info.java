/**
 * Fakes for tests: time that stands still, connections that record, a server without sockets.
 */
@NullMarked
package io.embedim.testkit;

import org.jspecify.annotations.NullMarked;
