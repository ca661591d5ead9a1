/**
 * Chat without sockets: protocol, validation, sessions, conversations and routing, driven by an adapter and by injected time and threads. The entry point is
 * {@link io.embedim.ImServer}.
 */
module io.embedim.core {
    requires static transitive org.jspecify;
    requires transitive jakarta.validation;
    requires org.hibernate.validator;
    requires org.slf4j;
    requires tools.jackson.core;

    exports io.embedim;
    exports io.embedim.cluster;
    exports io.embedim.connection;
    exports io.embedim.conversation;
    exports io.embedim.model;
    exports io.embedim.protocol;
    exports io.embedim.runtime;
    exports io.embedim.security;
    exports io.embedim.session;

    // The provider reads constraints off the request record.
    opens io.embedim.protocol;
}
