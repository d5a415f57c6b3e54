package io.millrace.scheduler.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.scheduler.statement.StatementLine.Ends;
import io.millrace.scheduler.statement.StatementLine.Percentiles;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTextTest {

  private static final BusinessDay DAY =
      BusinessDay.of(LocalDate.parse("2026-03-31"), ZoneOffset.ofHours(2));

  private static final List<StatementLine> LINES =
      List.of(
          new StatementLine(
              "Acme, \"Ltd\"",
              "loan.amortize",
              new Ends(3, 1, 0, 2),
              5,
              1_234_567,
              new Percentiles(1_000, 2_001, 3_000, 4_000),
              new Percentiles(10, 20, 30, 40)),
          new StatementLine(
              "Acme, \"Ltd\"", "webhook.deliver", new Ends(0, 0, 7, 0), 0, 0, null, null));

  private final StatementText text = new StatementText();

  @Test
  void isATableWithQuotesWhereTheyAreNeeded() {
    assertThat(new String(text.csv(DAY, LINES), UTF_8))
        .isEqualTo(
            """
            date,tenant,type,succeeded,failed,cancelled,expired,attempts,run_seconds,\
            run_p50_ms,run_p95_ms,run_p99_ms,run_longest_ms,total_p50_ms,total_p95_ms,total_p99_ms,total_longest_ms
            2026-03-31,"Acme, ""Ltd""\",loan.amortize,3,1,0,2,5,1.234567,1.000,2.001,3.000,4.000,0.010,0.020,0.030,0.040
            2026-03-31,"Acme, ""Ltd""\",webhook.deliver,0,0,7,0,0,0.000000,,,,,,,,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void isJsonThatLeavesOutWhatIsNotThere() {
    assertThat(new String(text.json(DAY, "Acme, \"Ltd\"", LINES), UTF_8))
        .isEqualTo(
            """
            {"date":"2026-03-31","from":"2026-03-30T22:00:00Z","until":"2026-03-31T22:00:00Z","tenant":"Acme, \\"Ltd\\"","types":[\
            {"type":"loan.amortize","succeeded":3,"failed":1,"cancelled":0,"expired":2,"attempts":5,"runSeconds":1.234567,\
            "runMs":{"p50":1.000,"p95":2.001,"p99":3.000,"longest":4.000},"totalMs":{"p50":0.010,"p95":0.020,"p99":0.030,"longest":0.040}},\
            {"type":"webhook.deliver","succeeded":0,"failed":0,"cancelled":7,"expired":0,"attempts":0,"runSeconds":0.000000}]}""");
  }
}
