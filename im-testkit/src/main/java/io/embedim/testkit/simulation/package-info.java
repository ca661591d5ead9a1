/**
 * The whole of a chat in one thread on virtual time: server, clients, network and faults, all from one seed, and a checker of the protocol's rules. The entry point is
 * {@link io.embedim.testkit.simulation.Simulation}.
 */
@NullMarked
package io.embedim.testkit.simulation;

import org.jspecify.annotations.NullMarked;
