package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobsTableTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void givesEachJobALine() {
    String table =
        JobsTable.of(
            List.of(
                json(
                    """
                    {"id":"6b1c","type":"loan.amortize","messageId":"m-1","state":"RUNNING","attempt":1}"""),
                json(
                    """
                    {"id":"7f","type":"a.b","messageId":"m 2","state":"WAITING","waitReason":"RETRY",
                     "dueAt":"2026-11-22T10:12:59Z","attempt":12}"""),
                json(
                    """
                    {"id":"8a","type":"a.b","messageId":"m-3","state":"FAILED","attempt":2,
                     "failure":{"kind":"Broken","message":"no luck"}}""")),
            NOW);

    assertThat(table)
        .isEqualToNormalizingNewlines(
            """
            id    type           state              due        attempt  message
            6b1c  loan.amortize  RUNNING            -          1        m-1
            7f    a.b            WAITING for RETRY  in 12 min  12       m 2
            8a    a.b            FAILED: Broken     -          2        m-3""");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T09:00:00Z, RETRY, now",
    "2026-11-22T10:00:00Z, RETRY, now",
    "2026-11-22T10:00:00.5Z, RETRY, in 0 s",
    "2026-11-22T10:00:59Z, SCHEDULED, in 59 s",
    "2026-11-22T13:20:30Z, SCHEDULED, in 3 h 20 min",
    "2026-11-25T12:00:00Z, PARKED, in 3 d 2 h",
    "2026-11-22T11:00:00Z, CONCURRENCY, in turn"
  })
  void saysHowLongAJobWaits(String dueAt, String reason, String said) {
    JsonNode job =
        json(
            "{\"id\":\"1\",\"state\":\"WAITING\",\"waitReason\":\"%s\",\"dueAt\":\"%s\",\"attempt\":7}"
                .formatted(reason, dueAt));

    assertThat(JobsTable.of(List.of(job), NOW)).contains("  " + said + "  ");
  }

  private static JsonNode json(String job) {
    return JsonMapper.shared().readTree(job);
  }
}
