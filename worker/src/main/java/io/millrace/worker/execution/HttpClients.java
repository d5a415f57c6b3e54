package io.millrace.worker.execution;

import io.millrace.handler.http.HttpClient;
import io.millrace.worker.claim.ActiveJob;

/** Gives integrations what they call with. Safe for use by many threads. */
@FunctionalInterface
public interface HttpClients {

  /** The client of one job, which calls what the job depends upon. */
  HttpClient of(ActiveJob job);
}
