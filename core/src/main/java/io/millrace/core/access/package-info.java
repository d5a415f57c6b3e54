/** Whose rows somebody may see and change, and SQL that keeps to it. */
@NullMarked
package io.millrace.core.access;

import org.jspecify.annotations.NullMarked;
