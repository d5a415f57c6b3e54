package io.millrace.chaos.history;

import io.millrace.chaos.history.History.FinalChange;
import io.millrace.chaos.history.History.RecordedFailure;
import io.millrace.chaos.history.History.RecordedJob;
import io.millrace.chaos.load.Announcement;
import io.millrace.chaos.load.Publication;
import io.millrace.chaos.work.JobKind;
import io.millrace.chaos.work.Luck;
import io.millrace.chaos.work.RunLog;
import io.millrace.chaos.work.Sum;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A history in which all is well, until a test spoils it. */
final class MadeUpHistory {

  static final Instant NOT_BEFORE = Instant.parse("2026-11-23T10:00:00Z");

  /** {@code 7 + 1 + 4 + 9}. */
  private static final Sum SUM = new Sum(7, 3, 0);

  private static final String RESULT = "{\"value\":21}";

  private final Map<String, Publication> published = new LinkedHashMap<>();
  private final Map<String, RecordedJob> recorded = new LinkedHashMap<>();
  private final List<RunLog.Run> ran = new ArrayList<>();
  private final List<RecordedFailure> failures = new ArrayList<>();
  private final List<String> quarantined = new ArrayList<>();
  private final List<Announcement> announced = new ArrayList<>();
  private final List<FinalChange> changes = new ArrayList<>();
  private final List<UUID> effects = new ArrayList<>();
  private final Map<String, Long> left = new HashMap<>();
  private final List<String> selfEnded = new ArrayList<>();
  private int number;

  Verdict verdict() {
    return HistoryChecker.check(
        new History(
            List.copyOf(published.values()),
            ran,
            List.copyOf(recorded.values()),
            failures,
            quarantined,
            announced,
            changes,
            effects,
            left,
            selfEnded));
  }

  /** A job that was published, confirmed, run, recorded and announced as it must be. */
  String rightly(JobKind kind) {
    String messageId = kind.messageId(++number);
    Instant notBefore = kind == JobKind.LATER ? NOT_BEFORE : null;
    published.put(messageId, new Publication(messageId, kind, SUM, notBefore, 1, 1));
    switch (kind.ending()) {
      case SUCCEEDED -> {
        succeeds(messageId, kind.needsLuck() ? goodAttempt(messageId) : 1);
        if (kind == JobKind.EFFECT) {
          effect(messageId);
        }
      }
      case FAILED -> {
        ran(messageId, 1, NOT_BEFORE);
        fails(messageId, "io.millrace.handler.PermanentFailure");
      }
      case QUARANTINED -> {
        quarantined(messageId);
        announced.add(new Announcement("quarantine/1/rejected", messageId, "rejected", null));
      }
    }
    return messageId;
  }

  void succeeds(String messageId, int attempt) {
    ran(messageId, attempt, NOT_BEFORE);
    recorded(messageId, JobState.SUCCEEDED, attempt, RESULT, null);
  }

  void fails(String messageId, String failureClass) {
    recorded(messageId, JobState.FAILED, 1, null, failureClass);
  }

  void results(String messageId, String result) {
    recorded(messageId, JobState.SUCCEEDED, 1, result, null);
  }

  /** Records the job anew, and announces it as it is recorded, if that is an end. */
  void recorded(
      String messageId,
      JobState state,
      int attempt,
      @Nullable String result,
      @Nullable String failureClass) {
    recorded.put(
        messageId, new RecordedJob(id(messageId), messageId, state, attempt, result, failureClass));
    announcedNever(messageId);
    if (state.isFinal()) {
      announcedToo(messageId, attempt, state.name().toLowerCase(Locale.ROOT), result);
    }
  }

  void unconfirmed(String messageId) {
    Publication old = Objects.requireNonNull(published.get(messageId));
    published.put(
        messageId, new Publication(messageId, old.kind(), old.sum(), old.notBefore(), 1, 0));
  }

  void forget(String messageId) {
    recorded.remove(messageId);
    announcedNever(messageId);
  }

  void unpublish(String messageId) {
    published.remove(messageId);
  }

  void quarantined(String messageId) {
    quarantined.add(messageId);
  }

  void ran(String messageId, int attempt, Instant at) {
    ran.add(new RunLog.Run(messageId, attempt, at));
  }

  void ranNever(String messageId) {
    ran.removeIf(run -> run.messageId().equals(messageId));
  }

  void attemptFailed(String messageId, int attempt, String failureClass) {
    failures.add(new RecordedFailure(id(messageId), attempt, failureClass));
  }

  void announcedToo(String messageId, int attempt, String state, @Nullable String result) {
    String eventId = "%s/%d/%s".formatted(id(messageId), attempt, state);
    announced.add(new Announcement(eventId, messageId, state, result));
  }

  void announcedAgain(String messageId) {
    announced.stream()
        .filter(each -> each.messageId().equals(messageId))
        .findFirst()
        .ifPresent(announced::add);
  }

  void announcedNever(String messageId) {
    announced.removeIf(each -> each.messageId().equals(messageId));
  }

  void changed(String messageId) {
    changes.add(new FinalChange(id(messageId), "SUCCEEDED 1", "FAILED 1"));
  }

  void effect(String messageId) {
    effect(id(messageId).value());
  }

  void effect(UUID job) {
    effects.add(job);
  }

  void withoutEffect(String messageId) {
    effects.remove(id(messageId).value());
  }

  void left(String queue, long messages) {
    left.put(queue, messages);
  }

  void endedByItself(String log) {
    selfEnded.add(log);
  }

  int goodAttempt(String messageId) {
    return attempt(attempt -> !Luck.isBad(messageId, attempt));
  }

  int badAttempt(String messageId) {
    return attempt(attempt -> Luck.isBad(messageId, attempt));
  }

  private static int attempt(IntPredicate which) {
    return IntStream.rangeClosed(1, 1_000).filter(which).findFirst().orElseThrow();
  }

  private static JobId id(String messageId) {
    return JobId.of("default", messageId);
  }
}
