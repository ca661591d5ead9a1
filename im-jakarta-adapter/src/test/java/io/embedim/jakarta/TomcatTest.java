package io.embedim.jakarta;

class TomcatTest extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new TomcatContainer.Kind();
    }
}
