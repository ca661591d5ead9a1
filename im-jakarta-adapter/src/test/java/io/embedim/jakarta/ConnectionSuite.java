package io.embedim.jakarta;

import io.embedim.testkit.contract.ConnectionContract;
import io.embedim.testkit.contract.StalledConnectionContract;
import io.embedim.testkit.contract.StallingPipe;

/** The contracts of a connection, with a client that reads and with one that does not. */
interface ConnectionSuite extends ConnectionContract, StalledConnectionContract {

    @Override
    StallingPipe openPipe();

    @Override
    default StallingPipe openStallingPipe() {
        return openPipe();
    }
}
