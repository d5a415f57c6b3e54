package io.millrace.scheduler.dispatch;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How due jobs are dispatched.
 *
 * @param batch how many at most in one transaction; 1 to 5,000
 * @param window how many jobs of one type may be in the broker at a time, so that those that come
 *     due later are not far behind; 1 to 1,000,000
 * @param parkedWindow how many parked jobs of one dependency may come back at a time; 1 to 100,000.
 *     Less than workers let wait for it, or they are parked again
 * @param poll how often to look when there is nothing to do; 10 ms to 10 s
 * @param confirmTimeout how long the broker may take to confirm a batch; 1 s to 1 min
 * @param orphanAfter how long the broker has to bring the message of a job to another worker after
 *     its own has ended; 0 to 1 h
 * @param lostAfter how long a message may be on its way, while its queue is empty, before it is
 *     published again; 1 s to 1 day
 */
@ConfigurationProperties("millrace.dispatcher")
public record DispatcherProperties(
    @DefaultValue("500") int batch,
    @DefaultValue("2000") int window,
    @DefaultValue("250") int parkedWindow,
    @DefaultValue("100ms") Duration poll,
    @DefaultValue("5s") Duration confirmTimeout,
    @DefaultValue("10s") Duration orphanAfter,
    @DefaultValue("1m") Duration lostAfter) {

  public DispatcherProperties {
    Bounds.require("millrace.dispatcher.batch", batch, 1, 5_000);
    Bounds.require("millrace.dispatcher.window", window, 1, 1_000_000);
    Bounds.require("millrace.dispatcher.parked-window", parkedWindow, 1, 100_000);
    Bounds.require("millrace.dispatcher.poll", poll, Duration.ofMillis(10), Duration.ofSeconds(10));
    Bounds.require(
        "millrace.dispatcher.confirm-timeout",
        confirmTimeout,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1));
    Bounds.require(
        "millrace.dispatcher.orphan-after", orphanAfter, Duration.ZERO, Duration.ofHours(1));
    Bounds.require(
        "millrace.dispatcher.lost-after", lostAfter, Duration.ofSeconds(1), Duration.ofDays(1));
  }
}
