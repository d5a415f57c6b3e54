/** Webhooks, as Standard Webhooks 1.0 has them: signed, delivered, and what their receivers do. */
@NullMarked
package io.millrace.worker.webhook;

import org.jspecify.annotations.NullMarked;
