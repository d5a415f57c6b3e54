/** Secrets of others at rest: encrypted under a master key that only the configuration has. */
@NullMarked
package io.millrace.core.secret;

import org.jspecify.annotations.NullMarked;
