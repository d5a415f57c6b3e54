package io.millrace.worker.pipeline;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a worker takes on.
 *
 * @param name how operators know it; empty takes the host's name
 * @param prefetch how many messages of one queue may be at hand; 1 to 65,535
 * @param batch how many are claimed at once; 1 to 5,000
 * @param threads how many calculations run at a time; 0 for one a core
 * @param transactions how many transactional handlers run at a time, each on a connection of its
 *     own; 1 to 1,024, and at least four below the size of the connection pool
 * @param maxPayload the largest body of a message; 1 KB to 64 MB
 * @param grace how long a stop waits for what runs; 0 to 1 h
 * @param stalledAfter for how long jobs may wait while no handler ends, before the worker says that
 *     it is not alive; 1 s to 7 days
 */
@ConfigurationProperties("millrace.worker")
public record WorkerProperties(
    @DefaultValue("") String name,
    @DefaultValue("2000") int prefetch,
    @DefaultValue("500") int batch,
    @DefaultValue("0") int threads,
    @DefaultValue("4") int transactions,
    @DefaultValue("1MB") DataSize maxPayload,
    @DefaultValue("30s") Duration grace,
    @DefaultValue("15m") Duration stalledAfter) {

  public WorkerProperties {
    Bounds.require("millrace.worker.prefetch", prefetch, 1, 65_535);
    Bounds.require("millrace.worker.batch", batch, 1, 5_000);
    Bounds.require("millrace.worker.threads", threads, 0, 1_024);
    Bounds.require("millrace.worker.transactions", transactions, 1, 1_024);
    Bounds.require(
        "millrace.worker.max-payload",
        maxPayload,
        DataSize.ofKilobytes(1),
        DataSize.ofMegabytes(64));
    Bounds.require("millrace.worker.grace", grace, Duration.ZERO, Duration.ofHours(1));
    Bounds.require(
        "millrace.worker.stalled-after", stalledAfter, Duration.ofSeconds(1), Duration.ofDays(7));
  }

  int calculationThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
