package io.millrace.client.contract;

/** Leaves the reading of a message at the first rule it breaks; has no stack trace to fill in. */
final class RefusedMessage extends RuntimeException {

  private final Refusal refusal;
  private final String explanation;

  RefusedMessage(Refusal refusal, String explanation) {
    super(explanation, null, false, false);
    this.refusal = refusal;
    this.explanation = explanation;
  }

  Refusal refusal() {
    return refusal;
  }

  String explanation() {
    return explanation;
  }
}
