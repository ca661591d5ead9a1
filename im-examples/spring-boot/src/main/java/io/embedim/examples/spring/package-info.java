/** A Spring Boot application with chat: an endpoint, a controller and a scheduled job that speak to clients. */
@NullMarked
package io.embedim.examples.spring;

import org.jspecify.annotations.NullMarked;
