package io.millrace.worker.settlement;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ends are written.
 *
 * @param group how many at most in one transaction; 1 to 5,000
 * @param linger how long a group waits for more while others still run; 0 to 1 s
 * @param recordAfter a calculation that runs this long gets its row before it has ended; 50 ms to 1
 *     min
 * @param acknowledgeAfter a job that is at hand this long is acknowledged before its end, which the
 *     dispatcher announces; 100 ms to 20 min, since the broker waits for half an hour
 */
@ConfigurationProperties("millrace.settlement")
public record SettlementProperties(
    @DefaultValue("500") int group,
    @DefaultValue("4ms") Duration linger,
    @DefaultValue("500ms") Duration recordAfter,
    @DefaultValue("5m") Duration acknowledgeAfter) {

  public SettlementProperties {
    Bounds.require("millrace.settlement.group", group, 1, 5_000);
    Bounds.require("millrace.settlement.linger", linger, Duration.ZERO, Duration.ofSeconds(1));
    Bounds.require(
        "millrace.settlement.record-after",
        recordAfter,
        Duration.ofMillis(50),
        Duration.ofMinutes(1));
    Bounds.require(
        "millrace.settlement.acknowledge-after",
        acknowledgeAfter,
        Duration.ofMillis(100),
        Duration.ofMinutes(20));
  }
}
