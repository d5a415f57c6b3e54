package io.millrace.worker.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Which deliveries of one channel are done, and how to say so in few frames: one acknowledgement
 * for everything up to the first gap, one for each that is done beyond it. Not thread-safe.
 */
final class AckLedger {

  private static final int REBASE_AFTER = 1 << 14;

  /**
   * An acknowledgement to send.
   *
   * @param tag the delivery
   * @param multiple whether it speaks for all before it as well
   */
  record Ack(long tag, boolean multiple) {}

  private final BitSet done = new BitSet();
  private long base = 1; // the tag of bit 0
  private long next = 1; // the lowest tag that is not done

  /** Takes in that the deliveries are done, and answers what to send. */
  List<Ack> done(Collection<Long> tags) {
    for (long tag : tags) {
      done.set(Math.toIntExact(tag - base));
    }
    List<Ack> acks = new ArrayList<>();
    long first = base + done.nextClearBit(Math.toIntExact(next - base));
    if (first > next) {
      // Tags between this one and the gap were acknowledged one by one before: the broker no longer
      // knows them.
      long last =
          tags.stream().mapToLong(Long::longValue).filter(tag -> tag < first).max().orElseThrow();
      acks.add(new Ack(last, true));
      next = first;
    }
    for (long tag : tags) {
      if (tag >= next) {
        acks.add(new Ack(tag, false));
      }
    }
    rebase();
    return acks;
  }

  private void rebase() {
    int passed = Math.toIntExact(next - base);
    if (passed >= REBASE_AFTER) {
      BitSet rest = done.get(passed, Math.max(passed, done.length()));
      done.clear();
      done.or(rest);
      base = next;
    }
  }
}
