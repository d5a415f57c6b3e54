package io.millrace.chaos.load;

import io.millrace.client.contract.Outcome;
import io.millrace.client.contract.OutcomeEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An outcome event as a listener saw it.
 *
 * @param eventId job, attempt and state: a repeat has the same
 * @param messageId the message that it is about
 * @param state the word for the end
 * @param result of a success, JSON
 */
public record Announcement(
    String eventId, String messageId, String state, @Nullable String result) {

  /** What {@code event} says, {@code result} being its result in one spelling. */
  static Announcement of(OutcomeEvent event, @Nullable String result) {
    return new Announcement(
        event.id(),
        Objects.requireNonNullElse(event.job().messageId(), ""),
        event.outcome().state(),
        event.outcome() instanceof Outcome.Succeeded ? result : null);
  }
}
