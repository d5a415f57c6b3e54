package io.millrace.handler.test;

import io.millrace.client.contract.Refusal;
import io.millrace.worker.http.CallRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a worker would make of one attempt at a job. */
public sealed interface Attempt {

  /**
   * The handler gave a result.
   *
   * @param result as it would be recorded and announced: JSON
   * @param log what the handler logged through its context
   * @param calls what it sent and what came back, without secrets
   */
  record Succeeded(String result, List<LogLine> log, List<CallRecord> calls) implements Attempt {

    public Succeeded {
      log = List.copyOf(log);
      calls = List.copyOf(calls);
    }

    /** The result, read back from its JSON. */
    public <T> T resultAs(Class<T> type) {
      return JsonMapper.shared().readValue(result, type);
    }
  }

  /**
   * The handler threw something.
   *
   * @param kind the class of what it threw
   * @param message in words for a person, as operators and upstream systems read it
   * @param permanent whether the job fails at once; otherwise it is tried again, as often as its
   *     type's configuration says
   * @param retryAfter how long the handler, or whom it called, asks to wait at least before that,
   *     or null
   * @param trace the stack and the causes, as they are kept with the job
   * @param log what the handler logged through its context
   * @param calls what it sent and what came back, without secrets; the last one is kept with the
   *     attempt
   */
  record Failed(
      String kind,
      String message,
      boolean permanent,
      @Nullable Duration retryAfter,
      String trace,
      List<LogLine> log,
      List<CallRecord> calls)
      implements Attempt {

    public Failed {
      log = List.copyOf(log);
      calls = List.copyOf(calls);
    }
  }

  /**
   * The payload is not what the handler takes: there is no job, the handler does not run, and the
   * message goes to quarantine.
   *
   * @param reason the kind of the mistake
   * @param explanation what is wrong and where, as the publisher reads it
   */
  record Refused(Refusal reason, String explanation) implements Attempt {}

  /**
   * The success that this is.
   *
   * @throws AssertionError if it is none; its message says what came instead
   */
  default Succeeded expectSuccess() {
    return expect(Succeeded.class, "a success");
  }

  /**
   * The failure that this is.
   *
   * @throws AssertionError if it is none; its message says what came instead
   */
  default Failed expectFailure() {
    return expect(Failed.class, "a failure");
  }

  /**
   * The refusal that this is.
   *
   * @throws AssertionError if it is none; its message says what came instead
   */
  default Refused expectRefusal() {
    return expect(Refused.class, "a refusal of the payload");
  }

  private <T extends Attempt> T expect(Class<T> kind, String what) {
    if (!kind.isInstance(this)) {
      throw new AssertionError("expected %s, but %s".formatted(what, inWords()));
    }
    return kind.cast(this);
  }

  private String inWords() {
    return switch (this) {
      case Succeeded(String result, _, _) -> "the handler succeeded with " + result;
      case Failed failed ->
          "the handler failed %s: %s"
              .formatted(
                  failed.permanent() ? "for good" : "and would be tried again", failed.trace());
      case Refused(Refusal reason, String explanation) ->
          "the payload was refused as %s: %s".formatted(reason, explanation);
    };
  }
}
