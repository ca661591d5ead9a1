/** The code that the documents show, compiled and run; and {@code DocsTest}, which holds documents and code together. */
@NullMarked
package io.embedim.examples.docs;

import org.jspecify.annotations.NullMarked;
