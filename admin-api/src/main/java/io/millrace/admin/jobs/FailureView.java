package io.millrace.admin.jobs;

import io.millrace.core.job.Failure;

/** Why a job failed. */
record FailureView(String kind, String message) {

  static FailureView of(Failure failure) {
    return new FailureView(failure.kind(), failure.message());
  }
}
