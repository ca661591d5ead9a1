package io.embedim.internal.v2;

import io.embedim.conversation.DirectoryPage;
import io.embedim.internal.codec.Quotes;

/** Writes what the lists in frames consist of. */
final class ListParts {

    private ListParts() {}

    static void text(StringBuilder json, String text) {
        json.append('"').append(Quotes.quoted(text)).append('"');
    }

    static void listed(StringBuilder json, DirectoryPage.Item listed) {
        json.append("{\"conv\":");
        text(json, listed.conversation().toString());
        json.append(",\"version\":").append(listed.version());
        json.append(listed.belongs() ? "}" : ",\"left\":true}");
    }

    static void person(StringBuilder json, Person person) {
        json.append("{\"user_id\":");
        text(json, person.user().value());
        new JsonOut(json, "}")
                .text("role", person.role())
                .flag("online", person.online())
                .close();
    }
}
