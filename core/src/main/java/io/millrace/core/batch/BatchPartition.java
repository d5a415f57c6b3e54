package io.millrace.core.batch;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A part of a step's work, over all executions of a run.
 *
 * @param state READY, RUNNING or ENDED
 * @param status as Spring Batch names it: STARTING, STARTED, COMPLETED, FAILED, STOPPED and so on
 * @param owner the scheduler that does it, or did it last; null if none has
 * @param done items that are read and committed
 * @param total 0 if nobody knows
 * @param startedAt when it was begun last, by the clock and in the time zone of its scheduler; null
 *     if it was not
 * @param endedAt null if it has not ended
 */
public record BatchPartition(
    String step,
    String name,
    String state,
    String status,
    @Nullable String owner,
    long done,
    long total,
    long skipped,
    @Nullable LocalDateTime startedAt,
    @Nullable LocalDateTime endedAt) {}
