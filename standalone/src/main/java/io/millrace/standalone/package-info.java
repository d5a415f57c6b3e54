/** Millrace in one process, and its command line. */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
