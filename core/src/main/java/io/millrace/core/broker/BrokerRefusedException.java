package io.millrace.core.broker;

/**
 * The broker is there and refuses a declaration: something of the same name exists and is
 * different, or a right is missing.
 */
public class BrokerRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BrokerRefusedException(String replyText, Throwable cause) {
    super(
        "the broker refuses an exchange or a queue of Millrace: %s. Delete what was declared otherwise, or give the user the right to configure it; until then nothing is consumed."
            .formatted(replyText),
        cause);
  }
}
