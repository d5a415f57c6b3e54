/** Which workers live: their heartbeats, and the watch that declares one dead. */
@NullMarked
package io.millrace.core.lease;

import org.jspecify.annotations.NullMarked;
