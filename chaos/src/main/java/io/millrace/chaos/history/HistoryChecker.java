package io.millrace.chaos.history;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.millrace.chaos.history.History.RecordedFailure;
import io.millrace.chaos.history.History.RecordedJob;
import io.millrace.chaos.load.Announcement;
import io.millrace.chaos.load.Publication;
import io.millrace.chaos.work.JobKind;
import io.millrace.chaos.work.Luck;
import io.millrace.chaos.work.RunLog;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Judges a history: whether every promise was kept, once, and rightly. What was published and not
 * confirmed is no promise, but what became of it must be right all the same. Knows nothing of how
 * the history came about.
 */
public final class HistoryChecker {

  private static final String WORKER_DIED = "WORKER_DIED";
  private static final String CRASHED_WORKER = "CRASHED_WORKER";

  /** Two deaths make a job a suspect, the third, alone, is its own doing. */
  private static final int DEATHS_TO_CONVICT = 3;

  private final Verdict verdict = new Verdict();
  private final History history;
  private final Map<String, RecordedJob> jobs = new HashMap<>();
  private final Map<JobId, List<RecordedFailure>> failures;
  private final Map<String, List<RunLog.Run>> runs;
  private final Map<String, List<Announcement>> announcements;
  private final Map<UUID, Long> effects;
  private final Set<String> quarantined;

  private HistoryChecker(History history) {
    this.history = history;
    history.recorded().forEach(job -> jobs.put(job.messageId(), job));
    failures = history.failures().stream().collect(groupingBy(RecordedFailure::job));
    runs = history.ran().stream().collect(groupingBy(RunLog.Run::messageId));
    announcements = history.announced().stream().collect(groupingBy(Announcement::messageId));
    effects = history.effects().stream().collect(groupingBy(job -> job, counting()));
    quarantined = new HashSet<>(history.quarantined());
  }

  /** What is to be said of {@code history}. */
  public static Verdict check(History history) {
    return new HistoryChecker(history).check();
  }

  private Verdict check() {
    for (Publication published : history.published()) {
      check(published);
    }
    checkForStrangers();
    checkEffects();
    history
        .changes()
        .forEach(
            change ->
                verdict.accuse(
                    Violation.END_CHANGED,
                    "%s: was %s, became %s"
                        .formatted(change.job(), change.was(), change.became())));
    history
        .left()
        .forEach(
            (queue, messages) -> {
              if (messages > 0) {
                verdict.accuse(Violation.LEFT_IN_QUEUE, queue + ": " + messages);
              }
            });
    history.selfEnded().forEach(process -> verdict.accuse(Violation.ENDED_BY_ITSELF, process));
    countWhatHappened();
    return verdict;
  }

  private void check(Publication published) {
    verdict.add(Fact.PUBLISHED);
    verdict.add(Fact.COPIES, published.copies() - 1L);
    if (published.isPromise()) {
      verdict.add(Fact.CONFIRMED);
    }
    checkAnnouncements(published.messageId());
    RecordedJob job = jobs.get(published.messageId());
    boolean refused = quarantined.contains(published.messageId());
    if (job != null && refused) {
      verdict.accuse(Violation.WRONG_END, said(job) + ", and in quarantine");
    }
    if (job != null) {
      checkTimes(published);
      checkEnd(published, job);
      return;
    }
    if (refused) {
      checkQuarantine(published);
      return;
    }
    if (published.isPromise()) {
      verdict.accuse(Violation.LOST, published.messageId());
    }
  }

  private void checkQuarantine(Publication published) {
    if (published.kind().ending() != JobKind.Ending.QUARANTINED) {
      verdict.accuse(Violation.WRONG_END, published.messageId() + ": in quarantine");
      return;
    }
    verdict.add(Fact.QUARANTINED);
    if (!announcements.containsKey(published.messageId())) {
      verdict.accuse(Violation.NEVER_ANNOUNCED, published.messageId() + ": in quarantine");
    }
  }

  private void checkEnd(Publication published, RecordedJob job) {
    if (!job.state().isFinal()) {
      verdict.accuse(Violation.STUCK, said(job));
      return;
    }
    checkSaid(job);
    switch (job.state()) {
      case SUCCEEDED -> checkSuccess(published, job);
      case FAILED -> checkFailure(published, job);
      default -> verdict.accuse(Violation.WRONG_END, said(job));
    }
  }

  private void checkSuccess(Publication published, RecordedJob job) {
    if (published.kind().ending() != JobKind.Ending.SUCCEEDED) {
      verdict.accuse(Violation.WRONG_END, said(job));
      return;
    }
    verdict.add(Fact.SUCCEEDED);
    String expected = "{\"value\":%d}".formatted(published.sum().expected());
    if (!expected.equals(job.result())) {
      verdict.accuse(
          Violation.WRONG_RESULT,
          "%s: %s instead of %s".formatted(job.messageId(), job.result(), expected));
    }
    if (runs.getOrDefault(job.messageId(), List.of()).stream()
        .noneMatch(run -> run.attempt() == job.attempt())) {
      verdict.accuse(Violation.NEVER_RAN, said(job));
    }
    if (published.kind().needsLuck()) {
      checkLuck(job);
    }
    if (published.kind() == JobKind.EFFECT && !effects.containsKey(job.id().value())) {
      verdict.accuse(Violation.SUCCESS_WITHOUT_EFFECT, said(job));
    }
  }

  /** What succeeded had luck, and what failed before it had none. */
  private void checkLuck(RecordedJob job) {
    if (Luck.isBad(job.messageId(), job.attempt())) {
      verdict.accuse(Violation.WRONG_END, said(job) + ", which fails");
    }
    for (RecordedFailure failure : failures.getOrDefault(job.id(), List.of())) {
      if (!failure.failureClass().equals(WORKER_DIED)
          && !Luck.isBad(job.messageId(), failure.attempt())) {
        verdict.accuse(
            Violation.WRONG_END,
            "%s: attempt %d is recorded as failed, which succeeds"
                .formatted(job.messageId(), failure.attempt()));
      }
    }
  }

  private void checkFailure(Publication published, RecordedJob job) {
    if (CRASHED_WORKER.equals(job.failureClass()) && deaths(job) >= DEATHS_TO_CONVICT) {
      verdict.add(Fact.CONVICTED);
      return;
    }
    if (published.kind().ending() != JobKind.Ending.FAILED) {
      verdict.accuse(Violation.WRONG_END, said(job));
      return;
    }
    verdict.add(Fact.FAILED);
  }

  private long deaths(RecordedJob job) {
    return failures.getOrDefault(job.id(), List.of()).stream()
        .filter(failure -> failure.failureClass().equals(WORKER_DIED))
        .count();
  }

  private void checkTimes(Publication published) {
    if (published.notBefore() == null) {
      return;
    }
    for (RunLog.Run run : runs.getOrDefault(published.messageId(), List.of())) {
      if (run.at().isBefore(published.notBefore())) {
        verdict.accuse(
            Violation.TOO_EARLY,
            "%s: ran at %s, not before %s"
                .formatted(run.messageId(), run.at(), published.notBefore()));
      }
    }
  }

  /** All announcements of a message say the same. */
  private void checkAnnouncements(String messageId) {
    List<Announcement> all = announcements.getOrDefault(messageId, List.of());
    Set<Announcement> different = new HashSet<>(all);
    if (different.size() > 1) {
      verdict.accuse(Violation.RECORDED_TWICE, messageId + ": " + different);
    }
    if (all.size() > different.size()) {
      verdict.add(Fact.ANNOUNCED_AGAIN);
    }
  }

  /** What is announced is what is recorded. */
  private void checkSaid(RecordedJob job) {
    List<Announcement> all = announcements.getOrDefault(job.messageId(), List.of());
    if (all.isEmpty()) {
      verdict.accuse(Violation.NEVER_ANNOUNCED, said(job));
      return;
    }
    String state = job.state().name().toLowerCase(Locale.ROOT);
    Announcement recorded =
        new Announcement(
            "%s/%d/%s".formatted(job.id(), job.attempt(), state),
            job.messageId(),
            state,
            job.state() == JobState.SUCCEEDED ? job.result() : null);
    for (Announcement announced : Set.copyOf(all)) {
      if (!announced.equals(recorded)) {
        verdict.accuse(
            Violation.WRONGLY_ANNOUNCED, "%s: announced %s".formatted(said(job), announced));
      }
    }
  }

  private void checkForStrangers() {
    Set<String> known = new HashSet<>();
    history.published().forEach(published -> known.add(published.messageId()));
    for (RecordedJob job : history.recorded()) {
      if (!known.contains(job.messageId())) {
        verdict.accuse(Violation.UNKNOWN, said(job));
      }
    }
    for (String messageId : quarantined) {
      if (!known.contains(messageId)) {
        verdict.accuse(Violation.UNKNOWN, messageId + ": in quarantine");
      }
    }
  }

  /** An effect and the success of its job are one commit. */
  private void checkEffects() {
    Set<UUID> successes = new HashSet<>();
    for (RecordedJob job : history.recorded()) {
      if (job.state() == JobState.SUCCEEDED) {
        successes.add(job.id().value());
      }
    }
    effects.forEach(
        (job, count) -> {
          if (count > 1) {
            verdict.accuse(Violation.EFFECT_TWICE, "%s: %d effects".formatted(job, count));
          }
          if (!successes.contains(job)) {
            verdict.accuse(Violation.EFFECT_WITHOUT_SUCCESS, job.toString());
          }
        });
  }

  private void countWhatHappened() {
    verdict.add(Fact.EFFECTS, history.effects().size());
    verdict.add(Fact.RUNS, history.ran().size());
    Set<String> attempts = new HashSet<>();
    for (RunLog.Run run : history.ran()) {
      if (!attempts.add(run.messageId() + "/" + run.attempt())) {
        verdict.add(Fact.RUNS_AGAIN);
      }
    }
    verdict.add(Fact.FAILED_ATTEMPTS, history.failures().size());
    verdict.add(
        Fact.DEAD_WORKERS,
        history.failures().stream()
            .filter(failure -> failure.failureClass().equals(WORKER_DIED))
            .count());
    verdict.add(Fact.ANNOUNCED, announcements.size());
  }

  private static String said(RecordedJob job) {
    return "%s (%s): %s on attempt %d%s"
        .formatted(
            job.messageId(),
            job.id(),
            job.state(),
            job.attempt(),
            job.failureClass() == null ? "" : ", " + job.failureClass());
  }
}
