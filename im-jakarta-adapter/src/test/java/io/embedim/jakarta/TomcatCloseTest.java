package io.embedim.jakarta;

class TomcatCloseTest extends CloseSuite {

    TomcatCloseTest() {
        super(new Container.OnTomcat());
    }
}
