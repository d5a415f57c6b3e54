/** Messages that were kept because they could not become jobs, and how they can after all. */
@NullMarked
package io.millrace.core.quarantine;

import org.jspecify.annotations.NullMarked;
