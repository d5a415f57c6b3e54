package io.millrace.worker.http;

/** Hears of a call when it has ended. */
@FunctionalInterface
public interface CallListener {

  CallListener NONE = call -> {};

  /** On the thread that called. Must not wait or throw. */
  void called(CallRecord call);
}
