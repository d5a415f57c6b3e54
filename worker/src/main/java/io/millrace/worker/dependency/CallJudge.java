package io.millrace.worker.dependency;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.dependency.DependencySettings.CircuitSettings;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvent.CallResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of this worker say about whom they are made to. Its own last calls say when the
 * circuit is to be opened; from then on the shared circuit counts. Safe for use by many threads.
 */
final class CallJudge {

  private final DependencyKey key;
  private final CircuitSettings settings;
  private final Dependency.Ways ways;
  private final Runnable look;
  private final CircuitBreaker calls;

  /**
   * @param look called when the circuit has changed
   */
  CallJudge(DependencyKey key, CircuitSettings settings, Dependency.Ways ways, Runnable look) {
    this.key = key;
    this.settings = settings;
    this.ways = ways;
    this.look = look;
    this.calls =
        CircuitBreaker.of(
            key.value(),
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    settings.window(),
                    Math.min(settings.least(), settings.window()),
                    CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(settings.failureRate())
                .slowCallRateThreshold(settings.slowRate())
                .slowCallDurationThreshold(settings.slowAfter())
                .build());
    calls.getEventPublisher().onStateTransition(event -> judged(event.getStateTransition()));
  }

  /**
   * Takes note of how a call has ended, which may open or close the circuit for everybody.
   *
   * @return how long the other side asks to be left alone, if it does: whoever answers well may say
   *     as well that it has had enough for now
   */
  Optional<Duration> judge(FinishedJob job, boolean wasProbe) {
    Duration took = Duration.between(job.job().mustHaveStartedAt(), job.finishedAt());
    CallResult result = resultOf(job.outcome());
    ways.tell(new WorkerEvent.CallEnded(key, result, took));
    if (wasProbe) {
      judgeProbe(job.outcome(), result);
    } else {
      judgeCall(result, took);
    }
    return Optional.ofNullable(rest(job));
  }

  /**
   * Takes note that a job was cancelled, which says nothing, but that a probe is to be made again.
   */
  void cancelled(boolean wasProbe) {
    if (wasProbe) {
      open(Circuit.HALF_OPEN, "the probe was cancelled", () -> {});
    }
  }

  /** Whoever answers is well, also if the answer is that the request is wrong. */
  private static CallResult resultOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(Mishap.Failed how) when how.elsewhere() ->
          how.retryAfter() == null ? CallResult.FAILED : CallResult.THROTTLED;
      case Outcome.Failed(Mishap.Failed how) ->
          how.permanent() ? CallResult.REFUSED : CallResult.BROKEN;
      case Outcome.Succeeded _,
          Outcome.Recorded _,
          Outcome.Fenced _,
          Outcome.Unknown _,
          Outcome.Parked _,
          Outcome.SetAside _ ->
          CallResult.SUCCEEDED;
    };
  }

  private void judgeProbe(Outcome outcome, CallResult result) {
    switch (result) {
      case SUCCEEDED, REFUSED ->
          ways.circuits()
              .close(
                  key,
                  closed -> {
                    if (closed) {
                      ways.tell(new WorkerEvent.CircuitClosed(key));
                    }
                    look.run();
                  });
      case FAILED, THROTTLED, BROKEN -> {
        String reason =
            outcome instanceof Outcome.Failed(Mishap.Failed how)
                ? "the probe failed: " + how.why().message()
                : "the probe failed";
        open(Circuit.HALF_OPEN, reason, () -> {});
      }
    }
  }

  /** One who asks for a rest gets it, and is not taken for down. */
  private void judgeCall(CallResult result, Duration took) {
    switch (result) {
      case SUCCEEDED, REFUSED -> calls.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
      case FAILED -> calls.onError(took.toNanos(), TimeUnit.NANOSECONDS, FailedCallException.ONE);
      case THROTTLED, BROKEN -> {}
    }
  }

  private static @Nullable Duration rest(FinishedJob job) {
    @Nullable Duration failed =
        job.outcome() instanceof Outcome.Failed(Mishap.Failed how) && how.elsewhere()
            ? how.retryAfter()
            : null;
    return failed == null ? job.job().rest() : failed;
  }

  private void judged(CircuitBreaker.StateTransition transition) {
    if (transition.getToState() != CircuitBreaker.State.OPEN) {
      return;
    }
    CircuitBreaker.Metrics metrics = calls.getMetrics();
    String reason =
        "of the last %d calls %d failed and %d were slow"
            .formatted(
                metrics.getNumberOfBufferedCalls(),
                metrics.getNumberOfFailedCalls(),
                metrics.getNumberOfSlowCalls());
    open(Circuit.CLOSED, reason, calls::reset); // from then on the shared circuit counts
  }

  private void open(Circuit from, String reason, Runnable done) {
    ways.circuits()
        .open(
            key,
            from,
            settings,
            reason,
            byUs -> {
              done.run();
              if (byUs) {
                ways.tell(new WorkerEvent.CircuitOpened(key, reason));
              }
              look.run();
            });
  }
}
