/**
 * Chat without sockets: protocol, validation, sessions, conversations and routing, driven by an adapter and by injected time and threads. The entry point is
 * {@link io.embedim.ImServer}.
 */
@SuppressWarnings("requires-automatic") // Micrometer has a name, and no descriptor.
module io.embedim.core {
    requires static transitive org.jspecify;
    requires transitive jakarta.validation;
    requires org.hibernate.validator;
    requires org.slf4j;
    requires tools.jackson.core;
    // For io.embedim.metrics alone. Not transitive: who compiles without Micrometer would miss it.
    requires static micrometer.core;

    exports io.embedim;
    exports io.embedim.cluster;
    exports io.embedim.connection;
    exports io.embedim.conversation;
    exports io.embedim.interceptor;
    exports io.embedim.metrics;
    exports io.embedim.model;
    exports io.embedim.monitor;
    exports io.embedim.protocol;
    exports io.embedim.runtime;
    exports io.embedim.security;
    exports io.embedim.session;

    // The provider reads constraints off the request record.
    opens io.embedim.protocol;
}
