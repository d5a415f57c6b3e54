package io.millrace.scheduler.batch;

/**
 * Another scheduler has taken over, or nobody is to go on with it. What was begun is rolled back,
 * and nothing more is written.
 */
final class LeaseLostException extends RuntimeException {

  LeaseLostException(String what) {
    super(what + " was taken over by another scheduler, or given up: nothing more is written");
  }
}
