package io.embedim.testkit.contract;

import java.util.function.UnaryOperator;

class InMemoryClusterContractTest extends LeasesOnManualTime {

    InMemoryClusterContractTest() {
        super(UnaryOperator.identity());
    }
}
