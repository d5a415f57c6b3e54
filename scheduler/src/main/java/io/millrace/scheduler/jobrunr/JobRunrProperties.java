package io.millrace.scheduler.jobrunr;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How JobRunr works.
 *
 * @param poll how often it looks; 5 s to 1 min. It refuses less than 5 s
 * @param workers how many runs it shows at a time; 1 to 1,000. Each costs a query a second
 * @param restartAfter how long after its server has stopped itself another is started; twice as
 *     long after each that stops as well; 100 ms to 1 min
 * @param restartAfterAtMost but no longer than this; up to 1 h
 */
@ConfigurationProperties("millrace.jobrunr")
public record JobRunrProperties(
    @DefaultValue("5s") Duration poll,
    @DefaultValue("50") int workers,
    @DefaultValue("1s") Duration restartAfter,
    @DefaultValue("30s") Duration restartAfterAtMost) {

  public JobRunrProperties {
    Bounds.require("millrace.jobrunr.poll", poll, Duration.ofSeconds(5), Duration.ofMinutes(1));
    Bounds.require("millrace.jobrunr.workers", workers, 1, 1_000);
    Bounds.require(
        "millrace.jobrunr.restart-after",
        restartAfter,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
    Bounds.require(
        "millrace.jobrunr.restart-after-at-most",
        restartAfterAtMost,
        restartAfter,
        Duration.ofHours(1));
  }
}
