package io.embedim.examples.demo;

import io.embedim.model.UserId;

/**
 * A user with a name.
 *
 * @param user who
 * @param name what others see
 */
record Person(UserId user, String name) {}
