package io.embedim.cluster;

/**
 * One server process of a cluster, for as long as it runs. A restarted process is a new node.
 *
 * @param value the id, not empty
 */
public record NodeId(String value) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public NodeId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("node id is empty; expected a text that names one process");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
