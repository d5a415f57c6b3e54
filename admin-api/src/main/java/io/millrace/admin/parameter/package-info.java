/** What parameters have in common. */
@NullMarked
package io.millrace.admin.parameter;

import org.jspecify.annotations.NullMarked;
