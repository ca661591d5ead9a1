package io.embedim.jakarta;

class TomcatServerTest extends ServerSuite {

    TomcatServerTest() {
        super(new Container.OnTomcat());
    }
}
