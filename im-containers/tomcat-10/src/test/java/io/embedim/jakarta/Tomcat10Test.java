package io.embedim.jakarta;

class Tomcat10Test extends ContainerTest {

    @Override
    Container.Kind kind() {
        return new TomcatContainer.Kind();
    }
}
