/** Who has changed what, in a chain that cannot be changed without being seen. */
@NullMarked
package io.millrace.core.audit;

import org.jspecify.annotations.NullMarked;
