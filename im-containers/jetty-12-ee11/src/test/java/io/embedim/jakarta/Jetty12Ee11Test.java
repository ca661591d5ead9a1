package io.embedim.jakarta;

class Jetty12Ee11Test extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new JettyContainer.Kind();
    }
}
