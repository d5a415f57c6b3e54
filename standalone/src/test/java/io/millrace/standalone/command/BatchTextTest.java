package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchTextTest {

  private static final Instant NOW = Instant.parse("2026-03-31T22:01:30Z");

  private static final String RUNNING =
      """
      {"id":"6b1c25a6-0a3f-8000-8000-000000000000","job":"interest-accrual","parameters":{"date":"2026-03-31","days":"1"},
       "state":"RUNNING","requestedBy":"nightly","requestedAt":"2026-03-31T22:00:00Z","stopRequested":false,"scheduler":"night-1",
       "begun":2,"startedAt":"2026-03-31T22:00:00.5Z",
       "progress":{"step":"accrue","done":2999,"total":4000,"percent":74.9,"skipped":3,"perSecond":12.5,"secondsLeft":80},
       "message":"begun again: its scheduler was lost",
       "partitions":[
         {"step":"accrue","name":"loans 1","state":"ENDED","status":"FAILED","scheduler":"night-1/021c3e9b-3802","done":1000,"total":1000,
          "percent":100.0,"skipped":3,"perSecond":1234.0,"startedAt":"2026-03-31T22:00:01Z","seconds":80,"straggler":false,
          "message":"no\\nroom"},
         {"step":"accrue","name":"loans 2","state":"RUNNING","status":"STARTED","scheduler":"night-2","done":99,"total":1000,
          "percent":9.9,"skipped":0,"perSecond":1.2,"secondsLeft":750,"startedAt":"2026-03-31T22:00:01Z","seconds":80,
          "straggler":true},
         {"step":"accrue","name":"loans 3","state":"ENDED","status":"COMPLETED","scheduler":"night-2","done":1000,"total":1000,
          "percent":100.0,"skipped":0,"perSecond":100.0,"startedAt":"2026-03-31T22:00:01Z","seconds":10,"straggler":false},
         {"step":"sweep","name":"all","state":"READY","status":"STARTING","done":0,"skipped":0,"perSecond":0.0,"seconds":0,
          "straggler":false}],
       "totals":[{"name":"interest","expected":"100.10","actual":"100.1","matches":true},
                 {"name":"loans","expected":"4000","actual":"3999","matches":false}]}
      """;

  @Test
  void givesEachRunALine() {
    String table =
        BatchRunsTable.of(
            List.of(
                json(RUNNING),
                json(
                    """
                    {"id":"7f00aa11-0a3f-8000-8000-000000000000","job":"tidy","parameters":{},"state":"RUNNING","stopRequested":true,
                     "startedAt":"2026-03-31T22:01:00Z","progress":{"done":12345,"skipped":0,"perSecond":1.0}}"""),
                json(
                    """
                    {"id":"8a00aa11-0a3f-8000-8000-000000000000","job":"tidy","parameters":{"days":"7"},"state":"COMPLETED",
                     "startedAt":"2026-03-30T22:00:00Z","endedAt":"2026-03-31T01:20:59Z",
                     "progress":{"done":1000000,"total":1000000,"percent":100.0,"skipped":0,"perSecond":0.0}}"""),
                json(
                    """
                    {"id":"9b00aa11-0a3f-8000-8000-000000000000","job":"tidy","parameters":{"days":"8"},"state":"REQUESTED",
                     "progress":{"done":0,"skipped":0,"perSecond":0.0}}""")),
            NOW);

    assertThat(table)
        .isEqualToNormalizingNewlines(
            """
            run       job               parameters              state           items            begun (UTC)          took
            6b1c25a6  interest-accrual  date=2026-03-31 days=1  RUNNING         74.9 % of 4,000  2026-03-31 22:00:00  1 min 29 s
            7f00aa11  tidy                                      RUNNING, stops  12,345           2026-03-31 22:01:00  30 s
            8a00aa11  tidy              days=7                  COMPLETED       1,000,000        2026-03-30 22:00:00  3 h 20 min
            9b00aa11  tidy              days=8                  REQUESTED       -                -                    -""");
  }

  @Test
  void saysWhatAJobMayBeGiven() {
    String table =
        BatchJobsTable.of(
            List.of(
                json(
                    """
                    {"name":"interest-accrual","description":"Accrues interest.","parameters":
                     [{"name":"date","kind":"DATE","description":"The day."},
                      {"name":"days","kind":"NUMBER","description":"How many.","defaultValue":"1"}]}"""),
                json("{\"name\":\"tidy\",\"description\":\"Tidies up.\",\"parameters\":[]}")));

    assertThat(table)
        .isEqualToNormalizingNewlines(
            """
            job               parameters        description
            interest-accrual  date=DATE days=1  Accrues interest.
            tidy              -                 Tidies up.""");
  }

  @Test
  void showsARunWithItsParts() {
    JsonNode skipped =
        json(
            """
            [{"step":"accrue","partition":"loans 1","item":"loan\\u001b[31m 7 %s","reason":"no rate"}]"""
                .formatted("x".repeat(100)));

    assertThat(BatchRunText.of(json(RUNNING), skipped))
        .isEqualToNormalizingNewlines(
            """
            run       6b1c25a6-0a3f-8000-8000-000000000000
            job       interest-accrual
            with      date=2026-03-31 days=1
            state     RUNNING, begun 2 times
            why       begun again: its scheduler was lost
            requested 2026-03-31T22:00:00Z by nightly
            begun     2026-03-31T22:00:00.5Z
            scheduler night-1
            items     74.9 %, 2,999 of 4,000, 12.5/s, 1 min 20 s left, 3 skipped, accrue

            step    partition  state          items             skipped  pace     time              scheduler
            accrue  loans 1    FAILED         100.0 % of 1,000  3        1,234/s  1 min 20 s        night-1
            accrue  loans 2    RUNNING, SLOW  9.9 % of 1,000    0        1.2/s    12 min 30 s left  night-2
            accrue  loans 3    COMPLETED      1,000             0        100/s    10 s              night-2
            sweep   all        READY          0                 0        0.0/s    -                 -
            accrue loans 1: no room

            left out of  partition  item                                                          reason
            accrue       loans 1    loan [31m 7 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…  no rate
            ... and 2 more: --json prints them

            total     expected  actual
            interest  100.10    100.1   matches
            loans     4000      3999    DIFFERS""");
  }

  @Test
  void showsARunThatHasDoneNothingYet() {
    JsonNode run =
        json(
            """
            {"id":"6b1c","job":"tidy","parameters":{},"state":"REQUESTED","requestedBy":"api","requestedAt":"2026-03-31T22:00:00Z",
             "dueAt":"2026-03-31T22:00:00Z","stopRequested":false,"begun":0,"progress":{"done":0,"skipped":0,"perSecond":0.0},
             "partitions":[],"totals":[]}""");

    assertThat(BatchRunText.of(run, json("[]")))
        .isEqualToNormalizingNewlines(
            """
            run       6b1c
            job       tidy
            state     REQUESTED
            requested 2026-03-31T22:00:00Z by api
            due       2026-03-31T22:00:00Z
            items     0 done""");
  }

  @Test
  void saysHowARunHasEnded() {
    assertThat(BatchEndText.of(ended("COMPLETED", ""), ""))
        .isEqualTo(
            "run 6b1c25a6 of tidy has COMPLETED: 4,000 items in 1 min 20 s, 50.0/s, 3 skipped");
    assertThat(BatchEndText.of(ended("FAILED", "\"message\":\"it\\nrained\","), " --data x"))
        .isEqualToNormalizingNewlines(
            """
            run 6b1c25a6 of tidy has FAILED: 4,000 items in 1 min 20 s, 50.0/s, 3 skipped
            why: it rained
            ./millrace batch restart 6b1c25a6 --data x goes on where it was
            ./millrace batch show 6b1c25a6 --data x says more""");
    assertThat(BatchEndText.of(ended("ABANDONED", ""), ""))
        .startsWith("run 6b1c25a6 of tidy was A");
  }

  @Test
  void saysWhichTotalsDiffer() {
    String totals =
        """
        "totals":[{"name":"interest","expected":"100.10","actual":"100.1","matches":true},
                  {"name":"loans","expected":"4000","actual":"3999","matches":false}],""";

    assertThat(BatchEndText.of(ended("FAILED", totals), "").lines().skip(1).limit(2))
        .containsExactly("1 of 2 control totals match", "total loans is 3999, expected 4000");
  }

  @Test
  void saysThatARunNeverBegan() {
    JsonNode run =
        json(
            """
            {"id":"6b1c25a6-0a3f","job":"tidy","state":"STOPPED","endedAt":"2026-03-31T22:00:00Z",
             "progress":{"done":0,"skipped":0,"perSecond":0.0}}""");

    assertThat(BatchEndText.of(run, ""))
        .startsWith("run 6b1c25a6 of tidy has STOPPED: 0 items, 0 sk");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-3S, 0 s",
    "PT0.9S, 0 s",
    "PT59S, 59 s",
    "PT60S, 1 min 0 s",
    "PT3H20M59S, 3 h 20 min",
    "P3DT2H59M, 3 d 2 h"
  })
  void writesDurationsInTwoUnits(Duration duration, String text) {
    assertThat(BatchFigures.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0.0/s", "99.94 | 99.9/s", "100 | 100/s", "12345.6 | 12,346/s"})
  void writesThePace(double perSecond, String text) {
    assertThat(BatchFigures.pace(perSecond)).isEqualTo(text);
  }

  private static JsonNode ended(String state, String more) {
    return json(
        """
        {"id":"6b1c25a6-0a3f","job":"tidy","state":"%s",%s"startedAt":"2026-03-31T22:00:00Z","endedAt":"2026-03-31T22:01:20Z",
         "progress":{"done":4000,"total":4000,"percent":100.0,"skipped":3,"perSecond":0.0}}"""
            .formatted(state, more));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
