/** The fixture, tested on itself. */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
