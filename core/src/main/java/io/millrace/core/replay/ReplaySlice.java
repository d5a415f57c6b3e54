package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ListedJob.Position;
import io.millrace.core.store.LockedJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does the next slice of whichever replay is due, in one transaction: it locks the replay, replays
 * a few of its jobs, and moves the cursor. So a crash repeats nothing, and any number of processes
 * may do slices. Safe for use by many threads.
 */
public final class ReplaySlice {

  /** Before every job that ever failed. */
  private static final Position START = new Position(Instant.EPOCH, new JobId(new UUID(0, 0)));

  /** So many slices a second, if there is enough to do. */
  private static final int SLICES = 5;

  private static final int LARGEST = 200;
  private static final Duration CANARY_LOOK = Duration.ofMillis(500);

  private final ReplaySliceStore replays;
  private final ReplayStore outcomes;
  private final JobStore jobs;
  private final EndedJobs ended;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  public ReplaySlice(
      ReplaySliceStore replays,
      ReplayStore outcomes,
      JobStore jobs,
      EndedJobs ended,
      TransactionOperations transaction,
      InstantSource clock) {
    this.replays = replays;
    this.outcomes = outcomes;
    this.jobs = jobs;
    this.ended = ended;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What a slice has done. */
  public sealed interface Done {

    /** Of which replay. */
    UUID replay();

    /** Some jobs run once more, some were refused. */
    record Slice(UUID replay, int replayed, int refused) implements Done {}

    /** The first jobs are on their way, or go well, so that the others follow. */
    record Looked(UUID replay) implements Done {}

    /** The replay has paused itself. */
    record Paused(UUID replay, String reason) implements Done {}

    /** Nothing is left to do. */
    record Finished(UUID replay) implements Done {}
  }

  /**
   * Does the next slice that is due.
   *
   * @return empty if none is, or others are at it
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses;
   *     the slice is done again
   */
  public Optional<Done> next() {
    Optional<Done> done =
        transaction.execute(
            _ ->
                replays
                    .lockNext()
                    .map(
                        replay ->
                            replay.state() == ReplayState.CANARY ? look(replay) : slice(replay)));
    return done == null ? Optional.empty() : done;
  }

  /**
   * When to look for the next slice: at most {@code patience} from now, in which another replay may
   * be made.
   */
  public Duration rest(Duration patience) {
    return replays
        .untilNext()
        .map(millis -> Duration.ofMillis(Math.max(1, millis)))
        .filter(left -> left.compareTo(patience) < 0)
        .orElse(patience);
  }

  private Done slice(Replay replay) {
    int perSecond = replay.order().manner().perSecond();
    int most = Math.clamp(perSecond / SLICES, 1, LARGEST);
    if (!replay.canaryPassed()) {
      long room = replay.order().manner().canary() - replay.counts().replayed();
      if (room <= 0) {
        replays.enter(replay, ReplayState.CANARY, false, CANARY_LOOK);
        return new Done.Looked(replay.id());
      }
      most = Math.toIntExact(Math.min(most, room));
    }
    List<Position> next = replays.candidates(replay, most);
    return next.isEmpty() ? atTheEnd(replay) : replay(replay, next, perSecond);
  }

  private Done replay(Replay replay, List<Position> next, int perSecond) {
    List<Job> locked =
        jobs.lock(next.stream().map(Position::id).toList()).stream()
            .map(LockedJob::job)
            .filter(job -> isMeant(job, replay))
            .toList();
    EndedJobs.Done done =
        ended.replay(
            locked,
            new EndedJobs.Request(
                replay.order().requestedBy(), replay.id(), replay.order().manner().edit()),
            clock.instant());
    if (!done.refused().isEmpty()) {
      replays.refuse(replay, done.refused());
    }
    int replayed = done.replayed().size();
    Duration rest = Duration.ofNanos(1_000_000_000L * replayed / perSecond);
    replays.advance(replay, next.getLast(), replayed, done.refused().size(), rest);
    return new Done.Slice(replay.id(), replayed, done.refused().size());
  }

  /** Whoever had locked it may have replayed it. */
  private static boolean isMeant(Job job, Replay replay) {
    Instant failedAt = job.times().finishedAt();
    return job.standing().state() == JobState.FAILED
        && failedAt != null
        && !failedAt.isAfter(replay.createdAt());
  }

  /**
   * What failed before the replay was made may have been committed after the cursor had passed its
   * place: it looks from the start once more, until nothing is found.
   */
  private Done atTheEnd(Replay replay) {
    if (!replay.canaryPassed()) {
      replays.enter(replay, ReplayState.CANARY, false, CANARY_LOOK);
      return new Done.Looked(replay.id());
    }
    if (!replay.cursor().equals(START)) {
      replays.advance(replay, START, 0, 0, Duration.ZERO);
      return new Done.Slice(replay.id(), 0, 0);
    }
    replays.enter(replay, ReplayState.DONE, false, Duration.ZERO);
    return new Done.Finished(replay.id());
  }

  private Done look(Replay replay) {
    ReplayOutcomes now = outcomes.outcomes(replay.id());
    long all = now.open() + now.succeeded() + now.failed();
    long needed = Math.ceilDiv(all * replay.order().manner().canaryShare(), 100);
    if (now.succeeded() >= needed) {
      replays.enter(replay, ReplayState.RUNNING, true, Duration.ZERO);
      return new Done.Looked(replay.id());
    }
    if (now.failed() <= all - needed) {
      replays.enter(replay, ReplayState.CANARY, false, CANARY_LOOK);
      return new Done.Looked(replay.id());
    }
    String reason =
        "%d of the first %d jobs did not succeed, the first one: %s"
            .formatted(
                now.failed(), all, replays.firstFailure(replay).orElse("it was replayed anew"));
    replays.pause(replay, reason);
    return new Done.Paused(replay.id(), reason);
  }
}
