package io.millrace.chaos.work;

import java.util.Locale;

/** The kinds of jobs in a run, and how each must end. */
public enum JobKind {
  /** A calculation of no time. */
  PLAIN(PlainHandler.TYPE, Ending.SUCCEEDED),
  /** A calculation whose attempts fail one time in five. */
  FLAKY(FlakyHandler.TYPE, Ending.SUCCEEDED),
  /** A calculation that is not to begin for some seconds. */
  LATER(LaterHandler.TYPE, Ending.SUCCEEDED),
  /** A calculation of some seconds. */
  SLOW(SlowHandler.TYPE, Ending.SUCCEEDED),
  /** A row in the database, in the transaction of the job; its attempts fail one time in five. */
  EFFECT(EffectHandler.TYPE, Ending.SUCCEEDED),
  /** A calculation that has no result. */
  HOPELESS(HopelessHandler.TYPE, Ending.FAILED),
  /** A message whose payload is not what its type takes. */
  BROKEN(PlainHandler.TYPE, Ending.QUARANTINED);

  /** How a job must end, if it was promised. */
  public enum Ending {
    SUCCEEDED,
    FAILED,
    QUARANTINED
  }

  private final String type;
  private final Ending ending;

  JobKind(String type, Ending ending) {
    this.type = type;
    this.ending = ending;
  }

  /** The job type; two kinds may share one. */
  public String type() {
    return type;
  }

  public Ending ending() {
    return ending;
  }

  /** Whether its attempts fail as {@link Luck} has it. */
  public boolean needsLuck() {
    return this == FLAKY || this == EFFECT;
  }

  /** The id of the {@code number}th message, which tells its kind. */
  public String messageId(long number) {
    return name().toLowerCase(Locale.ROOT) + "-" + number;
  }
}
