package io.embedim.jakarta;

import io.embedim.testkit.contract.ConnectionContract;
import io.embedim.testkit.contract.StalledConnectionContract;
import io.embedim.testkit.contract.StallingPipe;

class TomcatConnectionTest implements ConnectionContract, StalledConnectionContract {

    @Override
    public StallingPipe openPipe() {
        return new ContractPipe(new Container.OnTomcat());
    }

    @Override
    public StallingPipe openStallingPipe() {
        return openPipe();
    }
}
