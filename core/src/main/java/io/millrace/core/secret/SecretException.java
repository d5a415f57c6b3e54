package io.millrace.core.secret;

/** A secret cannot be sealed or opened; the message says why, and nothing of the secret. */
public final class SecretException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SecretException(String message) {
    super(message);
  }
}
