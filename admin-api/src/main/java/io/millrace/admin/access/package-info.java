/** Who calls, and what they may. */
@NullMarked
package io.millrace.admin.access;

import org.jspecify.annotations.NullMarked;
