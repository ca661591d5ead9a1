/** Makes a page and Markdown tables of results, and checks claims against them. */
@NullMarked
package io.embedim.bench.compare.report;

import org.jspecify.annotations.NullMarked;
