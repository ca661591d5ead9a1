/** A web application whose chat server is a bean. */
@NullMarked
package io.embedim.war;

import org.jspecify.annotations.NullMarked;
