package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditTableTest {

  @Test
  void saysWhatIsNotTheSameBeforeAndAfter() {
    String table =
        table(
            """
            {"number":7,"at":"2026-03-01T12:00:00Z","actor":"alice","action":"job.cancel","resource":"jobs/1",
             "before":{"state":"WAITING","attempt":1},"after":{"state":"CANCELLED","attempt":1}}
            """);

    assertThat(table.lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("7       2026-03-01T12:00:00Z  alice  job.cancel  jobs/1")
        .endsWith("state: WAITING -> CANCELLED");
  }

  @Test
  void saysWhatCameOrWent() {
    assertThat(table("{\"number\":1,\"after\":{\"job\":\"tidy\"}}")).endsWith("job: - -> tidy");
    assertThat(table("{\"number\":1,\"before\":{\"job\":\"tidy\"}}")).endsWith("job: tidy -> -");
    assertThat(table("{\"number\":1}")).endsWith("-");
  }

  @Test
  void letsNobodyControlTheTerminal() {
    assertThat(table("{\"number\":1,\"actor\":\"a\\u001b[2J\"}")).doesNotContain("\u001b");
  }

  private static String table(String record) {
    return AuditTable.of(List.of(JsonMapper.shared().readTree(record)));
  }
}
