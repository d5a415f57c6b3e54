package io.millrace.batch;

import java.util.List;

/** Divides a step's work. */
@FunctionalInterface
public interface Partitioning {

  /** Does not divide it, and does not know how much it is. */
  Partitioning NONE = _ -> List.of(Partition.whole(0));

  /**
   * The partitions, in the order in which they are to begin, of different names. It is asked once
   * in a run: what it said is kept, however often the run is restarted. None at all is a step with
   * nothing to do.
   */
  List<Partition> partitions(RunContext run) throws Exception;
}
