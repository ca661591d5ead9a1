/** The comparison with other chat servers, as one command: docs/how-to/compare-with-peers.md. */
@NullMarked
package io.embedim.bench.compare;

import org.jspecify.annotations.NullMarked;
