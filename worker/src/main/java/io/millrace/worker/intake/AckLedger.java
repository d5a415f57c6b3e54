package io.millrace.worker.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Which deliveries of one channel are done, and how to say so in few frames: one acknowledgement
 * for everything up to the first gap. What is done beyond the gap waits for it to close; when too
 * much waits, each is acknowledged alone. Not thread-safe.
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

  private final int mostWaiting;
  private final BitSet done = new BitSet();
  private final BitSet told =
      new BitSet(); // which were acknowledged alone: the broker no longer knows them
  private long base = 1; // the tag of bit 0
  private int gap; // the lowest bit that is not done

  /**
   * @param mostWaiting how many may wait beyond the gap
   */
  AckLedger(int mostWaiting) {
    this.mostWaiting = mostWaiting;
  }

  /** Takes in that the deliveries are done, and answers what to send. */
  List<Ack> done(Collection<Long> tags) {
    for (long tag : tags) {
      done.set(Math.toIntExact(tag - base));
    }
    List<Ack> acks = new ArrayList<>();
    int open = done.nextClearBit(gap);
    if (open > gap) {
      int last = told.previousClearBit(open - 1);
      if (last >= gap) {
        acks.add(new Ack(base + last, true));
      }
      gap = open;
    }
    List<Ack> waiting = beyondTheGap();
    if (waiting.size() > mostWaiting) {
      waiting.forEach(ack -> told.set(Math.toIntExact(ack.tag() - base)));
      acks.addAll(waiting);
    }
    rebase();
    return acks;
  }

  /** Takes in that the broker was given deliveries back, and answers what to send. */
  List<Ack> givenBack(Collection<Long> tags) {
    for (long tag : tags) {
      told.set(Math.toIntExact(tag - base));
    }
    return done(tags);
  }

  private List<Ack> beyondTheGap() {
    List<Ack> waiting = new ArrayList<>();
    for (int bit = done.nextSetBit(gap); bit >= 0; bit = done.nextSetBit(bit + 1)) {
      if (!told.get(bit)) {
        waiting.add(new Ack(base + bit, false));
      }
    }
    return waiting;
  }

  private void rebase() {
    if (gap >= REBASE_AFTER) {
      shift(done);
      shift(told);
      base += gap;
      gap = 0;
    }
  }

  private void shift(BitSet bits) {
    BitSet rest = bits.get(gap, Math.max(gap, bits.length()));
    bits.clear();
    bits.or(rest);
  }
}
