/**
 * Redis behind a server of more than one node: what was said, who is here, who belongs, who may not come in, and which nodes live.
 */
@NullMarked
package io.embedim.redis;

import org.jspecify.annotations.NullMarked;
