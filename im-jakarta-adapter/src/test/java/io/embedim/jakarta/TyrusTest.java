package io.embedim.jakarta;

class TyrusTest extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new TyrusContainer.Kind();
    }
}
