/**
 * Who is here: sessions and the SPI of the store that knows them; who belongs: memberships and their SPI.
 */
@NullMarked
package io.embedim.session;

import org.jspecify.annotations.NullMarked;
