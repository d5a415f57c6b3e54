package io.millrace.client.contract;

/** The names inside the {@code data} of an outcome event, version 1. */
final class OutcomeData {

  static final String STATE = "state";
  static final String JOB = "job";
  static final String TENANT = "tenant";
  static final String TYPE = "type";
  static final String MESSAGE_ID = "messageId";
  static final String ATTEMPT = "attempt";
  static final String CORRELATION_ID = "correlationId";
  static final String RESULT = "result";
  static final String FAILURE = "failure";
  static final String FAILURE_CODE = "code";
  static final String FAILURE_MESSAGE = "message";
  static final String DUPLICATE_OF = "duplicateOf";
  static final String REFUSAL = "refusal";
  static final String REFUSAL_REASON = "reason";
  static final String REFUSAL_EXPLANATION = "explanation";
  static final String REFUSAL_QUARANTINE = "quarantineId";

  private OutcomeData() {}
}
