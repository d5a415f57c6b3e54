package io.millrace.admin.batch;

import io.millrace.core.batch.SkippedItem;
import java.time.Instant;
import java.util.List;

/** What a run has left out, in order. */
record SkippedItemsView(List<Item> skipped) {

  /**
   * An item.
   *
   * @param item the beginning of its text
   */
  record Item(String step, String partition, String item, String reason, Instant skippedAt) {

    static Item of(SkippedItem item) {
      return new Item(item.step(), item.partition(), item.item(), item.reason(), item.skippedAt());
    }
  }

  static SkippedItemsView of(List<SkippedItem> items) {
    return new SkippedItemsView(items.stream().map(Item::of).toList());
  }
}
