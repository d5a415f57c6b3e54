package io.millrace.core.concurrency;

import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many jobs of a type may run at a time that have the same concurrency key, in the whole
 * system. The same for all processes of one database.
 *
 * @param types by job type, each 1 to 10,000; the keys of other types mean nothing
 */
@ConfigurationProperties("millrace.concurrency")
public record ConcurrencyProperties(@DefaultValue Map<String, Integer> types) {

  public ConcurrencyProperties {
    types = Map.copyOf(types);
    types.forEach(
        (type, limit) -> Bounds.require("millrace.concurrency.types." + type, limit, 1, 10_000));
  }

  /** How many jobs of {@code type} may run at a time for each key; empty if any number. */
  public OptionalInt limitOf(JobType type) {
    Integer limit = types.get(type.name());
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }
}
