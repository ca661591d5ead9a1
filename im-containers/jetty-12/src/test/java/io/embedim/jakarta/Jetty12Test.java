package io.embedim.jakarta;

class Jetty12Test extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new JettyContainer.Kind();
    }
}
