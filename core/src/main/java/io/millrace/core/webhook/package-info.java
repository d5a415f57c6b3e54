/** Where webhooks go, what they are signed with, and how their receivers do. */
@NullMarked
package io.millrace.core.webhook;

import org.jspecify.annotations.NullMarked;
