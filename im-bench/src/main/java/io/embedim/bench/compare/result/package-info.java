/** What came out: single runs, their medians and spreads, and what they ran on. */
@NullMarked
package io.embedim.bench.compare.result;

import org.jspecify.annotations.NullMarked;
