package io.millrace.handler;

import io.millrace.handler.http.HttpClient;

/** The job at hand, as an {@link Integration} sees it. */
public interface CallContext extends JobContext {

  /**
   * Calls what the job depends upon: with the address, the headers and the limits that are
   * configured for it, and, where a request is not safe to repeat, with the {@link #idempotencyKey}
   * as its {@code Idempotency-Key}.
   */
  HttpClient http();
}
