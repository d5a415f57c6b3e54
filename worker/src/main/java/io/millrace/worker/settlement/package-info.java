/** Writes how jobs ended, in groups, each only while its lease is ours. */
@NullMarked
package io.millrace.worker.settlement;

import org.jspecify.annotations.NullMarked;
