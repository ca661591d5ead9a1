/** Files that people send each other: received with limits, kept under random names, served so that no browser runs them. Knows no container. */
@org.jspecify.annotations.NullMarked
package io.embedim.examples.files;
