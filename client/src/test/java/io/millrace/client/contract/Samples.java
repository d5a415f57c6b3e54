package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of every form of message, by the name of its golden file. */
final class Samples {

  private static final JobType TYPE = new JobType("loan.amortize");
  private static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final OutcomeEvent.Job JOB =
      new OutcomeEvent.Job(JobId.of("acme", "m-1"), "acme", TYPE, "m-1", 2);

  private Samples() {}

  static Map<String, JobMessage> messages() {
    Map<String, JobMessage> messages = new LinkedHashMap<>();
    messages.put(
        "job-message-plain.json",
        new JobMessage(TYPE, "m-1", null, bytes("{\"loan\":42}"), JobOptions.NONE));
    messages.put("job-message-all-options.json", everything(null));
    messages.put("job-message-cloudevent-binary.json", everything("/bank/core"));
    return messages;
  }

  static Map<String, OutcomeEvent> outcomes() {
    Map<String, OutcomeEvent> outcomes = new LinkedHashMap<>();
    outcomes.put(
        "outcome-succeeded.json",
        event(
            new Outcome.Succeeded(bytes("{\"payment\":1.10, \"note\":\"\u00e4 \ud83d\ude00\"}"))));
    outcomes.put("outcome-succeeded-without-result.json", event(new Outcome.Succeeded(null)));
    outcomes.put(
        "outcome-failed.json",
        event(new Outcome.Failed("INSUFFICIENT_DATA", "the loan \"42\" has no rate")));
    outcomes.put("outcome-failed-without-message.json", event(new Outcome.Failed("TIMEOUT", null)));
    outcomes.put("outcome-cancelled.json", event(new Outcome.Cancelled(null)));
    outcomes.put(
        "outcome-cancelled-as-duplicate.json",
        event(new Outcome.Cancelled(JobId.of("acme", "m-0"))));
    outcomes.put("outcome-expired.json", event(new Outcome.Expired()));
    outcomes.put(
        "outcome-rejected.json",
        new OutcomeEvent(
            TIME,
            new OutcomeEvent.Job(null, "acme", TYPE, "m-1", 0),
            new Outcome.Rejected(
                "4711", Refusal.SCHEMA_VIOLATION, "The member 'loan' is missing. Add it."),
            "c-1"));
    outcomes.put(
        "outcome-rejected-of-unknown-type.json",
        new OutcomeEvent(
            TIME,
            OutcomeEvent.Job.UNKNOWN,
            new Outcome.Rejected("4712", Refusal.INVALID_TYPE, "The routing key is no job type."),
            null));
    return outcomes;
  }

  static JobMessage message(String name) {
    return Objects.requireNonNull(messages().get(name), name);
  }

  static OutcomeEvent outcome(String name) {
    return Objects.requireNonNull(outcomes().get(name), name);
  }

  private static OutcomeEvent event(Outcome outcome) {
    return new OutcomeEvent(TIME, JOB, outcome, "c-1");
  }

  private static JobMessage everything(@Nullable String source) {
    return new JobMessage(
        TYPE,
        "m-1",
        "acme",
        bytes("{\"loan\":42,\"rate\":1.10}"),
        new JobOptions(
            Lane.HIGH,
            TIME,
            TIME.plusSeconds(3_600),
            "loan 42",
            "bank 7",
            "person 9",
            "answers",
            "c-1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            source));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
