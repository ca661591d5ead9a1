/**
 * What the application does to messages on their way: look, change, refuse.
 */
@NullMarked
package io.embedim.interceptor;

import org.jspecify.annotations.NullMarked;
