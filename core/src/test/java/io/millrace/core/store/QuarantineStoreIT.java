package io.millrace.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.Refusal;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class QuarantineStoreIT {

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();

  @Test
  void keepsAMessageWholeAndCountsItsRepeats() {
    JdbcClient jdbc = database.jdbc();
    QuarantineStore store = new JdbcQuarantineStore(jdbc);
    QuarantinedMessage nasty = message(1, "id with \0 and \u00e4", "{\"h\":\"\\u0000\"}");
    QuarantinedMessage other = message(2, null, "{}");

    store.insert(List.of(nasty, other, nasty));
    store.insert(List.of(nasty));

    List<Map<String, @Nullable Object>> rows =
        jdbc.sql("SELECT arrivals, message_id, body FROM quarantine ORDER BY id")
            .query()
            .listOfRows();
    assertThat(rows).extracting("arrivals").containsExactly(3, 1);
    assertThat(rows).extracting("message_id").containsExactly("id with \uFFFD and \u00e4", null);
    assertThat((byte[]) rows.getFirst().get("body")).isEqualTo(new byte[] {0, (byte) 0xFF});
  }

  private static QuarantinedMessage message(
      int number, @Nullable String messageId, String headers) {
    return new QuarantinedMessage(
        new UUID(0, number),
        Instant.parse("2026-03-01T12:00:00Z"),
        Refusal.MALFORMED_JSON,
        "not JSON: \0",
        new QuarantinedMessage.Envelope("q", "e", "k", messageId, "{}", headers),
        number == 1 ? new byte[] {0, (byte) 0xFF} : "x".getBytes(UTF_8));
  }
}
