package io.millrace.admin.queues;

import org.jspecify.annotations.Nullable;

/**
 * A type or a lane, and whether it is paused.
 *
 * @param kind {@code TYPE} or {@code LANE}
 * @param paused left out if it is not
 */
record PartView(String kind, String name, @Nullable PauseView paused) {}
