package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.internal.validation.HibernateBootstrap;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.ValidationRules;

/** Readers as a server has them, and what they make of single frames. */
final class Readers {

    /** A valid one. */
    static final String ID = "V1StGXR8_Z5jdHi6B-myT";

    static final RequestReader USUAL = with(ValidationRules.defaults());

    private Readers() {}

    static RequestReader with(ValidationRules rules) {
        return new RequestReader(Limits.defaults(), new RequestValidator(new HibernateBootstrap(), rules));
    }

    /** One object in single quotes. */
    static Item read(String json) {
        return USUAL.read(json.replace('\'', '"')).get(0);
    }

    /** A speak to group 7 with further members, in single quotes. */
    static Item speak(String members) {
        return read("{'event':'speak','id':'" + ID + "','group_id':7," + members + "}");
    }

    static Request.Speak spoken(String members) {
        Item item = speak(members);
        assertThat(item).isInstanceOf(Request.Speak.class);
        return (Request.Speak) item;
    }

    static void assertRefused(Item item, ProtocolText text) {
        assertThat(item).as("refused with %s", text).isInstanceOf(Fault.class);
        assertThat(((Fault) item).text()).isEqualTo(text);
    }
}
