/** The embedded servers, started for real. */
@NullMarked
package io.millrace.embedded;

import org.jspecify.annotations.NullMarked;
