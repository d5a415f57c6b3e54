package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.scheduler.statement.BusinessDay.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDayTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-28, Europe/Berlin, 24",
    "2026-03-29, Europe/Berlin, 23",
    "2026-10-25, Europe/Berlin, 25",
    "2026-10-25, UTC, 24"
  })
  void isAsLongAsItsZoneHasIt(LocalDate date, ZoneId zone, int hours) {
    BusinessDay day = BusinessDay.of(date, zone);

    assertThat(Duration.between(day.begins(), day.ends())).isEqualTo(Duration.ofHours(hours));
    assertThat(day.ends()).isEqualTo(BusinessDay.of(date.plusDays(1), zone).begins());
  }

  @Test
  void isDividedWithoutGapsAlsoWhereItDoesNotDivideEvenly() {
    Instant begins = Instant.parse("2026-03-29T00:00:00.000001Z");
    Stretch whole = new Stretch(begins, begins.plus(Duration.ofNanos(100_000_000_001_000L)));

    List<Stretch> parts = whole.divided(7);

    assertThat(parts).hasSize(7);
    assertThat(parts.getFirst().begins()).isEqualTo(whole.begins());
    assertThat(parts.getLast().ends()).isEqualTo(whole.ends());
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).begins()).isEqualTo(parts.get(i - 1).ends());
    }
  }
}
