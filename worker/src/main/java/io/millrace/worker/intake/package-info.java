/** Takes messages from the broker, and gives them back acknowledged. */
@NullMarked
package io.millrace.worker.intake;

import org.jspecify.annotations.NullMarked;
