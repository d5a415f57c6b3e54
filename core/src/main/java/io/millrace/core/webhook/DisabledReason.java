package io.millrace.core.webhook;

/** Why nothing is sent to an endpoint. */
public enum DisabledReason {
  /** It has failed for too long, without a success. */
  FAILING,
  /** It has answered 410, which asks for that. */
  GONE,
  /** Somebody wanted it so. */
  OPERATOR,
  /** The configuration that has made it has it no more. */
  NOT_CONFIGURED;

  /** Whether it was the engine's verdict, which is announced. */
  boolean isAnnounced() {
    return this == FAILING || this == GONE;
  }

  /** In words, after "is disabled, since". */
  public String inWords() {
    return switch (this) {
      case FAILING -> "it had failed for too long";
      case GONE -> "it had answered 410 Gone";
      case OPERATOR -> "an operator wanted it so";
      case NOT_CONFIGURED -> "it is no longer configured";
    };
  }
}
