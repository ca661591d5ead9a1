package io.embedim.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** A Spring Boot application like any other. */
@SpringBootApplication
@EnableScheduling
public class ChatApplication {

    /**
     * Starts it.
     *
     * @param args Spring's
     */
    public static void main(String[] args) {
        SpringApplication.run(ChatApplication.class, args);
    }
}
