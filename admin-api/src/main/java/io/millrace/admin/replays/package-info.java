/** The resource {@code /v1/replays}. */
@NullMarked
package io.millrace.admin.replays;

import org.jspecify.annotations.NullMarked;
