/**
 * A server as meters of Micrometer. Needs micrometer-core on the class path; nothing else in the core does.
 */
@NullMarked
package io.embedim.metrics;

import org.jspecify.annotations.NullMarked;
