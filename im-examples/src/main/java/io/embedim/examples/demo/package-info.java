/** The runnable demo. */
@NullMarked
package io.embedim.examples.demo;

import org.jspecify.annotations.NullMarked;
