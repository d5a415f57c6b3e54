package io.millrace.simulation.database;

import io.millrace.client.contract.JobId;
import io.millrace.simulation.kernel.Node;
import org.jspecify.annotations.Nullable;

/** Sees every commit. */
public interface Watcher {

  /** A row was committed. */
  void committed(Node by, @Nullable Row before, Row after);

  /** What a handler did in its transaction was committed. */
  void effect(JobId job);

  /** The transaction is complete: every row of it is as it is to stay. */
  void settled();
}
