package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is written is pinned byte for byte, keeps to its schema, and is read back as it was. */
class WireFormatTest {

  private final JobMessageWriter messageWriter = new JobMessageWriter();
  private final JobMessageReader messageReader = new JobMessageReader(10_000);
  private final OutcomeEventWriter outcomeWriter = new OutcomeEventWriter();
  private final OutcomeEventReader outcomeReader = new OutcomeEventReader();

  static Set<String> messages() {
    return Samples.messages().keySet();
  }

  static Set<String> outcomes() {
    return Samples.outcomes().keySet();
  }

  static Stream<String> allMessages() {
    return Stream.concat(messages().stream(), Stream.of("job-message-cloudevent-structured.json"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writesMessagesAsTheGoldenFilesShow(String name) {
    EncodedMessage written = messageWriter.write(Samples.message(name));

    Golden.assertUnchanged(name, Golden.describe(written));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsMessagesBackAsTheyWere(String name) {
    JobMessage message = Samples.message(name);
    EncodedMessage golden = Golden.message(name);

    JobMessage read = read(golden);

    assertThat(read).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void readsAStructuredEvent() {
    JobMessage read = read(Golden.message("job-message-cloudevent-structured.json"));

    assertThat(read.messageId()).isEqualTo("e-1");
    assertThat(read.tenant()).isEqualTo("acme");
    assertThat(read.payload()).asString(UTF_8).isEqualTo("{\"loan\": 42, \"rate\": 1.10}");
    assertThat(read.options())
        .isEqualTo(
            new JobOptions(
                Lane.LOW,
                Instant.parse("2026-11-22T10:15:30Z"),
                Instant.parse("2026-11-22T12:00:00Z"),
                "loan 42",
                "bank 7",
                "person 9",
                null,
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "/bank/core"));
  }

  @ParameterizedTest
  @MethodSource("allMessages")
  void messagesKeepToTheirSchema(String name) {
    JsonNode golden = Golden.JSON.readTree(Golden.read(name).replace("; charset=utf-8", ""));

    assertThat(Schemas.violations("job-message.v1.schema.json", golden)).isEmpty();
    if (golden.path("properties").path("content_type").asString().contains("cloudevents")) {
      JsonNode body = Golden.JSON.readTree(golden.path("body").asString());
      assertThat(Schemas.violations("job-message.v1.schema.json#/$defs/cloudEvent", body))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void writesOutcomesAsTheGoldenFilesShow(String name) {
    byte[] written = outcomeWriter.write(Samples.outcome(name));

    Golden.assertUnchanged(name, new String(written, UTF_8));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void readsOutcomesBackAsTheyWere(String name) {
    OutcomeEvent read = outcomeReader.read(Golden.read(name).getBytes(UTF_8));

    assertThat(read).usingRecursiveComparison().isEqualTo(Samples.outcome(name));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void outcomesKeepToTheirSchema(String name) {
    JsonNode event = Golden.JSON.readTree(Golden.read(name));

    assertThat(Schemas.violations("outcome-event.v1.schema.json", event)).isEmpty();
  }

  @Test
  void theSchemasRefuseWhatBreaksThem() {
    JsonNode message =
        Golden.JSON.readTree(Golden.read("job-message-plain.json").replace("m-1", ""));
    JsonNode event =
        Golden.JSON.readTree(Golden.read("outcome-failed.json").replace("\"failure\"", "\"fail\""));

    assertThat(Schemas.violations("job-message.v1.schema.json", message)).isNotEmpty();
    assertThat(Schemas.violations("outcome-event.v1.schema.json", event)).isNotEmpty();
  }

  @Test
  void routesOutcomesByStateAndType() {
    assertThat(Samples.outcomes().values().stream().map(OutcomeEvent::routingKey).distinct())
        .containsExactly(
            "job.succeeded.loan.amortize",
            "job.failed.loan.amortize",
            "job.cancelled.loan.amortize",
            "job.expired.loan.amortize",
            "job.rejected.loan.amortize",
            "job.rejected.unknown");
  }

  @Test
  void embedsAResultOfAnySizeAsItIs() {
    for (int size : new int[] {0, 7_000, 8_000, 200_000}) {
      String result = "[\"" + "\u00e4".repeat(size) + "\"]";
      OutcomeEvent sample = Samples.outcome("outcome-succeeded.json");
      OutcomeEvent event =
          new OutcomeEvent(
              sample.time(), sample.job(), new Outcome.Succeeded(result.getBytes(UTF_8)), null);

      OutcomeEvent read = outcomeReader.read(outcomeWriter.write(event));

      assertThat(read).usingRecursiveComparison().isEqualTo(event);
    }
  }

  @Test
  void skipsWhatANewerEngineAdds() {
    String newer =
        Golden.read("outcome-rejected.json")
            .replace("SCHEMA_VIOLATION", "TOO_YOUNG")
            .replace(
                "\"data\":{", "\"data\":{\"added\":[{\"x\":1}],\"more\":{\"deep\":{\"y\":2}},");

    OutcomeEvent read = outcomeReader.read(newer.getBytes(UTF_8));

    assertThat(read.outcome())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, it -> assertThat(it.reason()).isEqualTo("TOO_YOUNG"));
  }

  @Test
  void refusesToReadWhatIsNoOutcome() {
    for (String body : new String[] {"", "{}", "[]", "{\"source\":\"/millrace\"}", "\u0000"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> outcomeReader.read(body.getBytes(UTF_8)));
    }
  }

  @Test
  void refusesToWriteWhatAmqpCannotCarry() {
    JobMessage message =
        new JobMessage(
            new JobType("a"), "\u20ac".repeat(200), null, new byte[] {'1'}, JobOptions.NONE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> messageWriter.write(message))
        .withMessageContaining("600 bytes");
  }

  private JobMessage read(EncodedMessage encoded) {
    Reading reading =
        messageReader.read(
            encoded.exchange(), encoded.routingKey(), encoded.properties(), encoded.body());
    assertThat(reading).isInstanceOf(Reading.Readable.class);
    return ((Reading.Readable) reading).message();
  }
}
