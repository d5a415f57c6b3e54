package io.millrace.core.replay;

/**
 * How the jobs stand now that a replay has made run once more.
 *
 * @param open that have not ended
 * @param succeeded that have
 * @param failed that failed, expired or were cancelled
 */
public record ReplayOutcomes(long open, long succeeded, long failed) {}
