package io.embedim.jakarta;

class TomcatEndpointTest extends EndpointSuite {

    TomcatEndpointTest() {
        super(new Container.OnTomcat());
    }
}
