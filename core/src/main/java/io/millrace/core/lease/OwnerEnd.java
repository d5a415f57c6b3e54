package io.millrace.core.lease;

import io.millrace.core.job.Mishap;

/** How an incarnation of a worker ended. */
public enum OwnerEnd {
  /** By its own will, with nothing running. */
  SIGNED_OFF,
  /** It was silent for too long. */
  DECLARED_DEAD;

  /**
   * What this means for a job that it was running.
   *
   * @param alone whether nothing ran beside the job
   */
  public Mishap mishap(boolean alone) {
    return switch (this) {
      case SIGNED_OFF -> new Mishap.Abandoned();
      case DECLARED_DEAD -> new Mishap.Crashed(alone);
    };
  }
}
