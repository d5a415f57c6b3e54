package io.millrace.scheduler.batch;

import io.millrace.batch.Partition;
import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a partition is, kept in the context of its step execution, beside what its reader saves. */
final class SavedPartition {

  private static final String ITEMS = "millrace.items";
  private static final String ATTRIBUTE = "millrace.attribute.";

  private SavedPartition() {}

  static ExecutionContext save(Partition partition) {
    ExecutionContext context = new ExecutionContext();
    context.putLong(ITEMS, partition.items());
    partition.attributes().forEach((name, value) -> context.putString(ATTRIBUTE + name, value));
    return context;
  }

  static Partition load(String name, ExecutionContext context) {
    Map<String, String> attributes = new HashMap<>();
    context
        .entrySet()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith(ATTRIBUTE)) {
                attributes.put(
                    entry.getKey().substring(ATTRIBUTE.length()), String.valueOf(entry.getValue()));
              }
            });
    return new Partition(name, context.getLong(ITEMS), attributes);
  }
}
