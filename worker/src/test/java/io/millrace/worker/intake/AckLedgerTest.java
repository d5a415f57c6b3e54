package io.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.worker.intake.AckLedger.Ack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AckLedgerTest {

  private final AckLedger ledger = new AckLedger(2);

  @Test
  void speaksOnceForAllUpToTheFirstGap() {
    assertThat(ledger.done(List.of(1L, 2L, 3L, 5L))).containsExactly(new Ack(3, true));
    assertThat(ledger.done(List.of(6L))).isEmpty();
    assertThat(ledger.done(List.of(4L))).containsExactly(new Ack(6, true));
  }

  @Test
  void speaksForEachWhenTooManyWaitBeyondTheGap() {
    assertThat(ledger.done(List.of(2L, 3L))).isEmpty();
    assertThat(ledger.done(List.of(5L)))
        .containsExactly(new Ack(2, false), new Ack(3, false), new Ack(5, false));
  }

  @Test
  void neverNamesATagThatTheBrokerNoLongerKnows() {
    ledger.done(List.of(2L, 3L, 4L));

    assertThat(ledger.done(List.of(1L))).containsExactly(new Ack(1, true));
    assertThat(ledger.done(List.of(5L))).containsExactly(new Ack(5, true));
  }

  @Test
  void doesNotWaitForWhatWasGivenBack() {
    ledger.done(List.of(2L));

    assertThat(ledger.givenBack(List.of(1L, 3L))).containsExactly(new Ack(2, true));
    assertThat(ledger.done(List.of(4L))).containsExactly(new Ack(4, true));
  }

  /** Against a model of the broker, which closes the channel over a tag that is not outstanding. */
  @Test
  void acknowledgesEachDeliveryOnceInWhateverOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeSet<Long> outstanding = new TreeSet<>();
    List<Long> inHand = new ArrayList<>();
    long delivered = 0;
    for (int round = 0; round < 2_000; round++) {
      for (int i = random.nextInt(40); i > 0; i--) {
        outstanding.add(++delivered);
        inHand.add(delivered);
      }
      Collections.shuffle(inHand.subList(inHand.size() / 2, inHand.size()), random);
      List<Long> done = new ArrayList<>(inHand.subList(0, random.nextInt(inHand.size() + 1)));
      inHand.subList(0, done.size()).clear();

      for (Ack ack : ledger.done(done)) {
        assertThat(outstanding).as("seed %d", seed).contains(ack.tag());
        if (ack.multiple()) {
          outstanding.headSet(ack.tag(), true).clear();
        } else {
          outstanding.remove(ack.tag());
        }
      }
      assertThat(outstanding).as("seed %d", seed).containsAll(inHand);
      assertThat(outstanding.size()).as("seed %d", seed).isLessThanOrEqualTo(inHand.size() + 2);
    }
    for (Ack ack : ledger.done(inHand)) {
      assertThat(outstanding).as("seed %d", seed).contains(ack.tag());
      outstanding.headSet(ack.tag(), true).clear();
    }
    assertThat(outstanding).as("seed %d", seed).isEmpty();
  }

  @Test
  void doesNotGrowWithTheLifeOfItsChannel() {
    for (long first = 1; first < 200_000; first += 100) {
      long from = first;
      List<Long> tags = LongStream.range(from, from + 100).boxed().toList();
      assertThat(ledger.done(tags)).containsExactly(new Ack(from + 99, true));
    }
  }
}
