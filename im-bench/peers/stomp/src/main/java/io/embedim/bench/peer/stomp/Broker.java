package io.embedim.bench.peer.stomp;

import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

/** How the broker is set. Why it is set so: README.md. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class Broker implements WebSocketMessageBrokerConfigurer {

    /** As many destinations as a run has clients and groups; what is not in the cache is searched for among all sessions. */
    private static final int DESTINATIONS = 64 * 1024;

    private static final int INBOUND_THREADS = Integer.getInteger("stomp.inbound", 4);
    private static final int OUTBOUND_THREADS = Integer.getInteger("stomp.outbound", 64);

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws");
        registry.setPreserveReceiveOrder(true);
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/topic");
        registry.setPreservePublishOrder(true);
        registry.setCacheLimit(DESTINATIONS);
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.taskExecutor().corePoolSize(INBOUND_THREADS);
    }

    @Override
    public void configureClientOutboundChannel(ChannelRegistration registration) {
        registration.taskExecutor().corePoolSize(OUTBOUND_THREADS);
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
        registry.setSendTimeLimit(10_000);
        registry.setSendBufferSizeLimit(512 * 1024);
    }
}
