@NullMarked
package io.embedim.testkit.simulation;

import org.jspecify.annotations.NullMarked;
