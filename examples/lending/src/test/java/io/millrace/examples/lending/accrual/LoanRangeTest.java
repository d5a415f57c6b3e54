package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoanRangeTest {

  @Test
  void dividesABookIntoPartsOfAboutTheSameSize() {
    assertThat(LoanRange.dividing(10, 3))
        .containsExactly(new LoanRange(1, 4), new LoanRange(5, 8), new LoanRange(9, 10));
    assertThat(LoanRange.dividing(2, 8)).containsExactly(new LoanRange(1, 1), new LoanRange(2, 2));
    assertThat(LoanRange.dividing(0, 8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "1000000, 16", "999999, 16", "17, 16"})
  void leavesNoLoanOutAndHasNoneTwice(long last, int ranges) {
    long next = 1;

    for (LoanRange range : LoanRange.dividing(last, ranges)) {
      assertThat(range.first()).isEqualTo(next);
      assertThat(range.size()).isPositive();
      next = range.last() + 1;
    }

    assertThat(next).isEqualTo(last + 1);
    assertThat(LoanRange.dividing(last, ranges)).hasSizeLessThanOrEqualTo(ranges);
  }

  @Test
  void isWhatItsPartitionSays() {
    LoanRange range = new LoanRange(62_501, 125_000);

    assertThat(range.partition(60_000).name()).isEqualTo("62501-125000");
    assertThat(LoanRange.of(range.partition(60_000))).isEqualTo(range);
  }

  @Test
  void isWorkedOffInSlices() {
    LoanRange range = new LoanRange(1, 12);

    assertThat(range.first(5)).isEqualTo(new LoanRange(1, 5));
    assertThat(range.from(11).first(5)).isEqualTo(new LoanRange(11, 12));
  }
}
