package com.example.chat;

import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the chat when the application starts. */
@WebListener
public class ChatListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // Everybody is who their frames say. For a closed network, or for a first look.
        ImServer server = ImServer.builder().classicProfile().build();

        // The server ends with the application.
        ImEndpointOptions options = ImEndpointOptions.defaults().withCloseServerWithContext(true);
        ImEndpoints.register(event.getServletContext(), "/im", server, options);
    }
}
