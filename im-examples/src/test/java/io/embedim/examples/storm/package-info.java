/** What many clients do to one server at once. */
@NullMarked
package io.embedim.examples.storm;

import org.jspecify.annotations.NullMarked;
