package io.millrace.standalone.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the jobs of a run took from the arrival of their messages at the worker to their end.
 *
 * @param last when the last one ended
 */
record Latencies(Instant last, Duration p50, Duration p95, Duration p99) {}
