/** How often a third party may be called: limits that hold for all workers together. */
@NullMarked
package io.millrace.core.limit;

import org.jspecify.annotations.NullMarked;
