package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job that a publisher is going to ask for.
 *
 * @param name its message id
 * @param after when it is published, from the beginning
 * @param delay for how long it is to wait then, or null
 * @param patience how long after its publication it may begin, or null
 * @param uniqueKey of which only one may be on its way, or null
 * @param concurrencyKey of which only so many may run, or null
 * @param times how often it is published, at least
 */
record Plan(
    String name,
    JobType type,
    Input input,
    Duration after,
    @Nullable Duration delay,
    @Nullable Duration patience,
    @Nullable String uniqueKey,
    @Nullable String concurrencyKey,
    int times) {

  JobId id() {
    return JobId.of("default", name);
  }
}
