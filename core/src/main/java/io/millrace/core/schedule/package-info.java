/** What runs by itself, as every process sees it. */
@NullMarked
package io.millrace.core.schedule;

import org.jspecify.annotations.NullMarked;
