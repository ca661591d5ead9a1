/**
 * What was said, kept in a SQL database by one node: a log for each conversation, appended to in transactions that many appends share.
 */
@NullMarked
package io.embedim.jdbc;

import org.jspecify.annotations.NullMarked;
