/** Contracts, fakes and the simulator for authors of backends and adapters. */
@NullMarked
package io.embedim.testkit;

import org.jspecify.annotations.NullMarked;
