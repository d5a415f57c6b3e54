/** What operators have paused everywhere, and the jobs that wait until it is resumed. */
@NullMarked
package io.millrace.core.pause;

import org.jspecify.annotations.NullMarked;
