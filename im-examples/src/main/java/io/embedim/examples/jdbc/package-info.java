/** A session store in a SQL database. */
@NullMarked
package io.embedim.examples.jdbc;

import org.jspecify.annotations.NullMarked;
