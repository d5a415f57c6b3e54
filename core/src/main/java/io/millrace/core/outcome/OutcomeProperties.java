package io.millrace.core.outcome;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which outcomes are published.
 *
 * @param publish which ones go to the exchange {@code millrace.events}
 * @param types the same for single job types, where it differs
 * @param replyTo the queues that a message may name in {@code reply_to}; a {@code *} at the end
 *     stands for anything
 */
@ConfigurationProperties("millrace.outcomes")
public record OutcomeProperties(
    @DefaultValue("ALL") Publish publish,
    @DefaultValue Map<String, Publish> types,
    @DefaultValue("millrace.reply.*") List<String> replyTo) {

  /** Which outcomes of a type are published. */
  public enum Publish {
    /** Every one. */
    ALL,
    /** All but successes. */
    FAILURES,
    /** None; who asked for a reply gets it all the same. */
    REPLIES
  }

  public OutcomeProperties {
    types = Map.copyOf(types);
    replyTo = List.copyOf(replyTo);
  }

  /** Which outcomes of {@code type} are published. */
  Publish of(String type) {
    return types.getOrDefault(type, publish);
  }

  /** Whether a message may ask for its outcome to go to {@code queue}. */
  public boolean mayReplyTo(String queue) {
    return replyTo.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? queue.startsWith(pattern.substring(0, pattern.length() - 1))
                    : queue.equals(pattern));
  }
}
