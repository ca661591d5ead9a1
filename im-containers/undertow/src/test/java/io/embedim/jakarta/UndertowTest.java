package io.embedim.jakarta;

class UndertowTest extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new UndertowContainer.Kind();
    }
}
