/** Takes responsibility for deliveries: each becomes a job of ours, joins one, or is refused. */
@NullMarked
package io.millrace.worker.claim;

import org.jspecify.annotations.NullMarked;
