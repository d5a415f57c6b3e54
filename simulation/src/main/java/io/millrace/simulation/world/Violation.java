package io.millrace.simulation.world;

/** Something that must never be so. */
public final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1;

  Violation(String what) {
    super(what);
  }
}
