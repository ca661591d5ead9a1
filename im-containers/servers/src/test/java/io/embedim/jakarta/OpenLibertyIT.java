package io.embedim.jakarta;

class OpenLibertyIT extends WarSuite {
    OpenLibertyIT() {
        super(new OpenLiberty());
    }
}
