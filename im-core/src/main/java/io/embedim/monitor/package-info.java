/**
 * What a server tells its operator: counters, latencies and health. Values only; how they get into a monitoring system is for others.
 */
@NullMarked
package io.embedim.monitor;

import org.jspecify.annotations.NullMarked;
