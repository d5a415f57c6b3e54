package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimetableTest {

  /** 2026-03-29: from 02:00 (+01:00) to 03:00. 2026-10-25: from 03:00 (+02:00) to 02:00. */
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Whose clocks change at midnight, by two hours or half an hour, or otherwise differ. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "America/Sao_Paulo",
          "America/Havana",
          "Asia/Tehran",
          "Asia/Beirut",
          "Asia/Gaza",
          "Africa/Cairo",
          "Atlantic/Azores",
          "Australia/Lord_Howe",
          "Pacific/Chatham",
          "Antarctica/Troll");

  @Test
  void isDueWhenTheClockShowsTheTime() {
    assertThat(times("30 2 * * *", BERLIN, "2026-01-30T23:00:00Z", 3))
        .containsExactly("2026-01-31T01:30:00Z", "2026-02-01T01:30:00Z", "2026-02-02T01:30:00Z");
    assertThat(times("0 0 L * *", BERLIN, "2026-02-01T00:00:00Z", 2))
        .containsExactly("2026-02-27T23:00:00Z", "2026-03-30T22:00:00Z");
    assertThat(times("*/20 * * * * *", BERLIN, "2026-01-01T00:00:10Z", 3))
        .containsExactly("2026-01-01T00:00:20Z", "2026-01-01T00:00:40Z", "2026-01-01T00:01:00Z");
  }

  @Test
  void isDueAtTheChangeIfTheClockLeavesItsTimeOut() {
    assertThat(times("30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void isDueOnceAtTheChangeForAllTimesThatTheClockLeavesOut() {
    assertThat(times("10,50 2,3 * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:10:00Z", "2026-03-29T01:50:00Z");
  }

  @Test
  void isDueAtTheFirstOfTwoEqualTimes() {
    assertThat(times("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(times("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
        .as("in the second of the two hours")
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void goesOnThroughTheChangeIfItNamesNoHours() {
    assertThat(times("30 * * * *", BERLIN, "2026-10-24T23:00:00Z", 4))
        .containsExactly(
            "2026-10-24T23:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:30:00Z");
    assertThat(times("0,30 * * * *", BERLIN, "2026-03-29T00:29:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    assertThat(times("0 */2 * * *", BERLIN, "2026-10-24T22:30:00Z", 3))
        .as("02:00 is shown twice")
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T03:00:00Z");
  }

  @Test
  void knowsClocksThatChangeAtMidnightAndByHalfAnHour() {
    ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo"); // 2018-11-04 began at 01:00
    assertThat(times("15 0 * * *", saoPaulo, "2018-11-03T12:00:00Z", 2))
        .containsExactly("2018-11-04T03:00:00Z", "2018-11-05T02:15:00Z");
    assertThat(Instant.parse("2018-11-04T03:00:00Z").atZone(saoPaulo).toLocalDate())
        .isEqualTo(LocalDate.of(2018, 11, 4));

    ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe"); // 2026-10-04 from 02:00 to 02:30
    assertThat(times("15 2 * * *", lordHowe, "2026-10-02T16:00:00Z", 2))
        .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
  }

  /** Seed is in the message. */
  @Test
  void neverGoesBackAndIsOnceADayWhateverTheZone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      String cron = "%d %d * * *".formatted(random.nextInt(60), random.nextInt(24));
      Timetable timetable = new Timetable(cron, zone);
      Instant time = Instant.ofEpochSecond(random.nextLong(1_900_000_000L));
      LocalDate day = null;
      for (int i = 0; i < 400; i++) {
        Instant next = timetable.next(time);
        LocalDate nextDay = next.atZone(zone).toLocalDate();
        assertThat(next).as("seed %d, %s in %s after %s", seed, cron, zone, time).isAfter(time);
        if (day != null) {
          assertThat(nextDay).as("seed %d, %s in %s", seed, cron, zone).isAfter(day);
        }
        time = next;
        day = nextDay;
      }
    }
  }

  @Test
  void findsTheLatestTimesWithoutWalkingThroughYears() {
    Timetable everyMinute = new Timetable("* * * * *", BERLIN);
    Instant now = Instant.parse("2026-06-01T12:00:30Z");

    assertThat(everyMinute.latest(Instant.EPOCH, now, 2))
        .containsExactly(
            Instant.parse("2026-06-01T11:59:00Z"), Instant.parse("2026-06-01T12:00:00Z"));
    assertThat(everyMinute.latest(now.minusSeconds(91), now, 5))
        .containsExactly(
            Instant.parse("2026-06-01T12:00:00Z").minusSeconds(60),
            Instant.parse("2026-06-01T12:00:00Z"));
    assertThat(everyMinute.latest(now.minusSeconds(1), now, 5)).isEmpty();
    assertThat(new Timetable("0 0 1 1 *", BERLIN).latest(Instant.EPOCH, now, 1))
        .containsExactly(Instant.parse("2025-12-31T23:00:00Z"));
  }

  @Test
  void refusesWhatIsNoCronExpressionOrTooOften() {
    for (String wrong :
        List.of(
            "",
            "* * *",
            "61 * * * *",
            "0 0 30 2 *",
            "* * * * * *",
            "PT5M",
            "0 0 * * * [PT1H/PT1H]")) {
      assertThatThrownBy(() -> new Timetable(wrong, BERLIN))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'%s'", wrong);
    }
  }

  private static List<String> times(String cron, ZoneId zone, String after, int most) {
    Timetable timetable = new Timetable(cron, zone);
    return new ArrayList<>(
        Stream.iterate(timetable.next(Instant.parse(after)), timetable::next)
            .limit(most)
            .map(Instant::toString)
            .toList());
  }
}
