package io.millrace.worker.webhook;

/**
 * An endpoint has answered with a redirect, or that the request is wrong. Others of its host may do
 * well, and it may do so as soon as its owner has repaired it: the webhook is tried again, and
 * nothing is said against the host. Who wants no more attempts names this class in {@code
 * millrace.permanent-exceptions}.
 */
public final class RefusedWebhookException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RefusedWebhookException(String message) {
    super(message);
  }
}
