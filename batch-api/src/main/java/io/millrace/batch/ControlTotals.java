package io.millrace.batch;

import java.util.List;

/** Adds up what a run should have done, and what it did. */
@FunctionalInterface
public interface ControlTotals {

  /** The totals. One that does not match fails the run, which is not restarted by itself then. */
  List<ControlTotal> totals(RunContext run) throws Exception;
}
