package io.millrace.worker.http;

import java.util.function.Supplier;

/** Hears of a call when it has ended. */
@FunctionalInterface
public interface CallListener {

  CallListener NONE = call -> {};

  /**
   * On the thread that called. Must not wait or throw.
   *
   * @param call makes the record, which takes longer than most calls have: for those who need it
   */
  void called(Supplier<CallRecord> call);
}
