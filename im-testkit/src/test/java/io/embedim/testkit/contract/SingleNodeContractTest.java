package io.embedim.testkit.contract;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.cluster.SingleNode;

class SingleNodeContractTest implements ClusterMembershipContract {

    @Override
    public ClusterMembership newNode() {
        return new SingleNode(new NodeId("node"));
    }
}
