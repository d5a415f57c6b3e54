package io.millrace.core.limit;

import java.time.Instant;

/**
 * The clock of the database, read between two readings of the monotonic clock of this process.
 *
 * @param sentNanos before the question was sent
 * @param database somewhere in between
 * @param receivedNanos after the answer had come
 */
public record ClockReading(long sentNanos, Instant database, long receivedNanos) {}
