package io.millrace.worker.claim;

import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many jobs of one tenant a worker has at hand before others go first.
 *
 * @param common of each type; 1 to 1,000,000, or 0 for any number
 * @param types the same for single job types, where it differs
 */
@ConfigurationProperties("millrace.shares")
public record ShareProperties(
    @DefaultValue("0") int common, @DefaultValue Map<String, Integer> types) {

  private static final int MOST = 1_000_000;

  public ShareProperties {
    types = Map.copyOf(types);
    Bounds.require("millrace.shares.common", common, 0, MOST);
    types.forEach((type, own) -> Bounds.require("millrace.shares.types." + type, own, 0, MOST));
  }

  /** Whether no type has a share. */
  boolean isOff() {
    return common == 0 && types.isEmpty();
  }

  /** How many jobs of {@code type} a tenant may have at hand; 0 for any number. */
  int of(JobType type) {
    return types.getOrDefault(type.name(), common);
  }
}
