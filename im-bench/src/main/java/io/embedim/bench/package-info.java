/** JMH benchmarks of the core. */
@NullMarked
package io.embedim.bench;

import org.jspecify.annotations.NullMarked;
