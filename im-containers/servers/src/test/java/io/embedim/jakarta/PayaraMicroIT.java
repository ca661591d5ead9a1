package io.embedim.jakarta;

class PayaraMicroIT extends WarSuite {
    PayaraMicroIT() {
        super(new PayaraMicroServer());
    }
}
