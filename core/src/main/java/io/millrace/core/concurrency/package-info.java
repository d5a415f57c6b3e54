/** How many jobs may run at a time. */
@NullMarked
package io.millrace.core.concurrency;

import org.jspecify.annotations.NullMarked;
