/**
 * What every backend and every adapter must do, as tests to be inherited: a test class implements a contract, names the thing under test, and runs.
 */
@NullMarked
package io.embedim.testkit.contract;

import org.jspecify.annotations.NullMarked;
