package io.millrace.core.schedule;

/** What became of a time of a schedule, or of a trigger. */
public enum FiringState {
  /** Somebody has triggered it; a scheduler sees to it within a second or two. */
  REQUESTED,
  /** Its run was requested, or its job enqueued. */
  STARTED,
  /** There is a run with the same parameters already, and no other was requested. */
  TAKEN,
  /** It was left out, as the schedule's policy has it. */
  SKIPPED,
  /** What it runs cannot be run so; the message says why. */
  REFUSED
}
