package io.embedim.examples.spring;

// tag::configuration[]
import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The chat server as a bean. */
@Configuration
class ChatConfiguration {

    @Bean(destroyMethod = "close")
    ImServer imServer(ObjectProvider<ImListener> listeners) {
        ImServerBuilder builder = ImServer.builder().trustClaims();
        listeners.orderedStream().forEach(builder::listener);
        return builder.build();
    }
}
// end::configuration[]
