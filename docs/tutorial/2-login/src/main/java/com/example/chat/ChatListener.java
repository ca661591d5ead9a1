package com.example.chat;

import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.security.Authenticator;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the chat when the application starts. */
@WebListener
public class ChatListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // Tomcat has asked for a name and a password; that name is the user.
        ImServer server = ImServer.builder().authenticator(Authenticator.containerPrincipal()).build();

        // The server ends with the application.
        ImEndpointOptions options = ImEndpointOptions.defaults().withCloseServerWithContext(true);
        ImEndpoints.register(event.getServletContext(), "/im", server, options);
    }
}
