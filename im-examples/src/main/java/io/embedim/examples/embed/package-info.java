/** How to embed the chat in a web application (WAR) of an existing container. */
@NullMarked
package io.embedim.examples.embed;

import org.jspecify.annotations.NullMarked;
