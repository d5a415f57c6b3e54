package io.millrace.batch;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Work that is not a matter of items: it is done bit by bit, each in a transaction of its own. */
@FunctionalInterface
public interface Task {

  /**
   * What a bit of work came to.
   *
   * @param items how many things it has done, for the progress that is shown
   * @param finished whether nothing is left
   */
  record Progress(long items, boolean finished) {

    /** There is more to do. */
    public static Progress more(long items) {
      return new Progress(items, false);
    }

    /** It was the last bit. */
    public static Progress finished(long items) {
      return new Progress(items, true);
    }
  }

  /**
   * Does a bit. Whatever it writes to the engine's database, and what it puts into {@code state},
   * is committed together, if it returns; if it throws, neither is, and the run is restarted.
   *
   * @param state what was put into it before, also before the run was restarted; it holds strings
   *     and numbers
   */
  Progress next(PartitionContext context, ExecutionContext state) throws Exception;
}
