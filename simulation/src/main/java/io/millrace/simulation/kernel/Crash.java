package io.millrace.simulation.kernel;

/** The process of whoever meets this has ended: nothing of what it had begun is finished. */
public final class Crash extends Error {

  private static final long serialVersionUID = 1;

  Crash() {
    super("the process has ended", null, false, false);
  }
}
