/**
 * The rules of protocol.ClassicRequest, applied in their documented order. Not exported.
 */
@NullMarked
package io.embedim.internal.validation;

import org.jspecify.annotations.NullMarked;
