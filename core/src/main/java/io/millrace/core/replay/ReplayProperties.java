package io.millrace.core.replay;

import io.millrace.core.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What replays do unless somebody says otherwise.
 *
 * @param perSecond how many jobs a second, 1 to 5,000
 * @param canaryShare how many of a hundred of the first jobs have to succeed before the others
 *     follow, where there are first jobs
 */
@ConfigurationProperties(ReplayProperties.PREFIX)
public record ReplayProperties(
    @DefaultValue("100") int perSecond, @DefaultValue("100") int canaryShare) {

  static final String PREFIX = "millrace.replay";

  public ReplayProperties {
    Bounds.require(PREFIX + ".per-second", perSecond, 1, 5_000);
    Bounds.require(PREFIX + ".canary-share", canaryShare, 1, 100);
  }
}
