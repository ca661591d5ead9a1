/** What the tests ask the web application, and endpoints that only they need. */
@NullMarked
package io.embedim.war.probe;

import org.jspecify.annotations.NullMarked;
