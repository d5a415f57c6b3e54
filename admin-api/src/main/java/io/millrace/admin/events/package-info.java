/** Server-sent events: what somebody watches is told to them as it changes. */
@NullMarked
package io.millrace.admin.events;

import org.jspecify.annotations.NullMarked;
