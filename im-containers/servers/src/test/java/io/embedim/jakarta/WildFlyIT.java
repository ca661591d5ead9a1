package io.embedim.jakarta;

class WildFlyIT extends WarSuite {
    WildFlyIT() {
        super(new WildFly());
    }
}
