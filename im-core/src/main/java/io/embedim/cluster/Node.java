package io.embedim.cluster;

import java.time.Instant;

/**
 * A node and its lease: what runs on it counts as online while the lease lives, without a write per connection.
 *
 * @param id the process
 * @param leaseUntil when the lease ends if it is not renewed, by the clock of the store that keeps it; {@link Instant#MAX} for a lease that does not end
 */
public record Node(NodeId id, Instant leaseUntil) {}
