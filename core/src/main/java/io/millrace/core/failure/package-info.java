/** What failed alike, and which jobs did. */
@NullMarked
package io.millrace.core.failure;

import org.jspecify.annotations.NullMarked;
