package io.millrace.core.limit;

import io.millrace.core.Bounds;
import java.util.List;

/**
 * What a worker wants of a key.
 *
 * @param key what is limited: the name of a dependency, or a host
 * @param limits all of which hold together; at least one
 * @param calls how many slots at most; 1 to 10,000
 */
public record SlotRequest(String key, List<RateLimit> limits, int calls) {

  public SlotRequest {
    limits = List.copyOf(limits);
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("nothing limits " + key);
    }
    Bounds.require("calls wanted of " + key, calls, 1, 10_000);
  }
}
