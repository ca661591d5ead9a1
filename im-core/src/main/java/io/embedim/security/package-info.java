/**
 * Who may come in and what they may do: authenticators and access policies.
 */
@NullMarked
package io.embedim.security;

import org.jspecify.annotations.NullMarked;
