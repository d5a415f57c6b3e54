/** Where calls may go, so that nobody has the engine call what only the engine can reach. */
@NullMarked
package io.millrace.core.address;

import org.jspecify.annotations.NullMarked;
