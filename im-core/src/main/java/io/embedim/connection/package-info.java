/**
 * One client's open pipe: the SPI that an adapter implements, and what travels through it.
 */
@NullMarked
package io.embedim.connection;

import org.jspecify.annotations.NullMarked;
