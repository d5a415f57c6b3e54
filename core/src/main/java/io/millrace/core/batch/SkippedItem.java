package io.millrace.core.batch;

import java.time.Instant;

/**
 * An item that was left out.
 *
 * @param item the beginning of its text, 1,000 characters at most
 */
public record SkippedItem(
    String step, String partition, String item, String reason, Instant skippedAt) {}
