package io.millrace.scheduler.batch;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How batch jobs are run.
 *
 * @param runs how many runs a scheduler manages at a time; 1 to 100
 * @param partitions how many partitions a scheduler works at, at a time, each with a thread and a
 *     connection to the database; 1 to 100
 * @param poll how often a scheduler with room looks for work; 10 ms to 1 min
 * @param lease how long a scheduler must have been silent, before another takes over what it had; 1
 *     s to 10 min
 * @param restarts how often a run is begun again by itself, within {@code restartsWithin}, before
 *     it has failed; 0 to 1,000. A partition may take as many schedulers with it
 * @param restartsWithin what counts; 1 s to 7 days
 * @param idleTransaction how long a chunk may go without the database, before that gives up its
 *     transaction, since its scheduler may be gone without a word; 1 s to 1 day
 */
@ConfigurationProperties("millrace.batch")
public record BatchProperties(
    @DefaultValue("4") int runs,
    @DefaultValue("2") int partitions,
    @DefaultValue("250ms") Duration poll,
    @DefaultValue("20s") Duration lease,
    @DefaultValue("10") int restarts,
    @DefaultValue("1h") Duration restartsWithin,
    @DefaultValue("5m") Duration idleTransaction) {

  public BatchProperties {
    Bounds.require("millrace.batch.runs", runs, 1, 100);
    Bounds.require("millrace.batch.partitions", partitions, 1, 100);
    Bounds.require("millrace.batch.poll", poll, Duration.ofMillis(10), Duration.ofMinutes(1));
    Bounds.require("millrace.batch.lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(10));
    Bounds.require("millrace.batch.restarts", restarts, 0, 1_000);
    Bounds.require(
        "millrace.batch.restarts-within",
        restartsWithin,
        Duration.ofSeconds(1),
        Duration.ofDays(7));
    Bounds.require(
        "millrace.batch.idle-transaction",
        idleTransaction,
        Duration.ofSeconds(1),
        Duration.ofDays(1));
  }
}
