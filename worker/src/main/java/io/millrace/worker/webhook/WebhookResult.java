package io.millrace.worker.webhook;

import java.util.List;

/**
 * What came of a webhook.
 *
 * @param outcome whether it was sent
 * @param status that the endpoint answered; 0 if it was not sent
 * @param millis how long the attempt took
 * @param keys the ids of the keys that have signed it
 */
record WebhookResult(Outcome outcome, int status, long millis, List<String> keys) {

  /** Nothing was sent, since the endpoint does not want events of the type. */
  static final WebhookResult NOT_WANTED = new WebhookResult(Outcome.NOT_WANTED, 0, 0, List.of());

  /** What came of it, in a word. */
  enum Outcome {
    DELIVERED,
    NOT_WANTED
  }
}
