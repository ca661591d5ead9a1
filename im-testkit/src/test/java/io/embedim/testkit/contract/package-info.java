/** The defaults pass the contracts; what is broken on purpose does not. */
@NullMarked
package io.embedim.testkit.contract;

import org.jspecify.annotations.NullMarked;
