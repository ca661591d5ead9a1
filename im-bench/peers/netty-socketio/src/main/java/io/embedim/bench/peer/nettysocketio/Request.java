package io.embedim.bench.peer.nettysocketio;

/**
 * What a client asks for; what an event does not need is left out, and empty here.
 *
 * @param group the group to join, to leave or to speak in
 * @param user who joins
 * @param to who is told
 * @param text the message
 */
record Request(String group, String user, String to, String text) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what is left out.
    Request {
        group = group == null ? "" : group;
        user = user == null ? "" : user;
        to = to == null ? "" : to;
        text = text == null ? "" : text;
    }
}
