/** What is compared with what: the peers, the scenarios, how long each is measured, and in which order. */
@NullMarked
package io.embedim.bench.compare.plan;

import org.jspecify.annotations.NullMarked;
