package io.millrace.core.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time of a schedule that has come, or a trigger by hand.
 *
 * @param nominalAt when it was due, however late it was seen to; when it was triggered
 * @param requestedBy who has triggered it; null if its time had come
 * @param outcome what became of it
 * @param decidedAt when that was; null while it is {@link FiringState#REQUESTED}
 */
public record Firing(
    UUID id,
    String schedule,
    Instant nominalAt,
    @Nullable String requestedBy,
    Outcome outcome,
    @Nullable Instant decidedAt) {

  /**
   * What became of it.
   *
   * @param runId of the batch job; null unless it was started or was there already
   * @param jobId that was enqueued; null if none was
   * @param message what there is to say to people; null if nothing
   */
  public record Outcome(
      FiringState state, @Nullable UUID runId, @Nullable UUID jobId, @Nullable String message) {

    /** Nothing yet. */
    public static final Outcome REQUESTED = new Outcome(FiringState.REQUESTED, null, null, null);

    /** Its run was requested. */
    public static Outcome run(UUID run) {
      return new Outcome(FiringState.STARTED, run, null, null);
    }

    /** Its job was enqueued. */
    public static Outcome job(UUID job) {
      return new Outcome(FiringState.STARTED, null, job, null);
    }

    /** Another run does its work, or has done it. */
    public static Outcome taken(UUID run, String message) {
      return new Outcome(FiringState.TAKEN, run, null, message);
    }

    /** It was left out. */
    public static Outcome skipped(String message) {
      return new Outcome(FiringState.SKIPPED, null, null, message);
    }

    /** It cannot be. */
    public static Outcome refused(String message) {
      return new Outcome(FiringState.REFUSED, null, null, message);
    }
  }

  /** What became of a time that had come. */
  public static Firing due(String schedule, Instant nominalAt, Outcome outcome, Instant decidedAt) {
    UUID id = UUID.nameUUIDFromBytes((schedule + '\0' + nominalAt).getBytes(UTF_8));
    return new Firing(id, schedule, nominalAt, null, outcome, decidedAt);
  }

  /** A trigger by hand that nobody has seen to. */
  public static Firing byHand(UUID id, String schedule, Instant at, String requestedBy) {
    return new Firing(id, schedule, at, requestedBy, Outcome.REQUESTED, null);
  }

  /** The same, once it is decided. */
  public Firing decided(Outcome decision, Instant at) {
    return new Firing(id, schedule, nominalAt, requestedBy, decision, at);
  }

  /** In words, for people. */
  public String description() {
    Instant time = nominalAt.truncatedTo(ChronoUnit.SECONDS);
    return requestedBy == null
        ? "%s, due %s".formatted(schedule, time)
        : "%s, triggered by %s at %s".formatted(schedule, requestedBy, time);
  }

  public FiringState state() {
    return outcome.state();
  }
}
