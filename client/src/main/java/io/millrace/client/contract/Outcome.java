package io.millrace.client.contract;

import org.jspecify.annotations.Nullable;

/** A final state, and what belongs to it. */
public sealed interface Outcome {

  /** The word for the state in routing keys, event types and ids. */
  default String state() {
    return switch (this) {
      case Succeeded _ -> "succeeded";
      case Failed _ -> "failed";
      case Cancelled _ -> "cancelled";
      case Expired _ -> "expired";
      case Rejected _ -> "rejected";
    };
  }

  /**
   * The job is done.
   *
   * @param result what its handler returned, one JSON value in UTF-8; embedded as it is, neither
   *     copied nor checked; null if nothing, or in a repeat that comes after the time that results
   *     are kept
   */
  record Succeeded(byte @Nullable [] result) implements Outcome {}

  /**
   * The job will not be tried again by itself.
   *
   * @param code the class of the failure, for programs
   * @param message what went wrong, for people
   */
  record Failed(String code, @Nullable String message) implements Outcome {}

  /**
   * Somebody cancelled the job, or its unique key was taken.
   *
   * @param duplicateOf the job that has the unique key
   */
  record Cancelled(@Nullable JobId duplicateOf) implements Outcome {}

  /** The deadline had passed before the job could start. */
  record Expired() implements Outcome {}

  /**
   * The message could not become a job and lies in quarantine.
   *
   * @param quarantineId its number there
   * @param reason the name of a {@link Refusal}; a newer engine may know more of them
   * @param explanation what to change
   */
  record Rejected(String quarantineId, String reason, String explanation) implements Outcome {

    public Rejected(String quarantineId, Refusal refusal, String explanation) {
      this(quarantineId, refusal.name(), explanation);
    }
  }
}
