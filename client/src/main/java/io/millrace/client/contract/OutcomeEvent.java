package io.millrace.client.contract;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job, or of a message that could not become one.
 *
 * <p>Events come at least once. A repeat has the same {@link #id()}.
 *
 * @param time when the state was reached, in microseconds
 * @param job which job; for {@link Outcome.Rejected}, what is known of it
 * @param outcome the final state, and what belongs to it
 * @param correlationId what the publisher gave to be given back
 */
public record OutcomeEvent(Instant time, Job job, Outcome outcome, @Nullable String correlationId) {

  /** The CloudEvents {@code source} of every event. */
  public static final String SOURCE = "/millrace";

  /** The content type of every event. */
  public static final String CONTENT_TYPE = ContractNames.CLOUD_EVENT_JSON;

  /** The version of the shape of an event's {@code data}, as its {@code dataschema} names it. */
  public static final String DATA_SCHEMA = "urn:millrace:outcome:1";

  /** Begins the CloudEvents {@code type}; the state follows. */
  public static final String TYPE_PREFIX = "millrace.job.";

  /** Stands in the routing key where there is no usable job type. */
  public static final String UNKNOWN_TYPE = "unknown";

  public OutcomeEvent {
    time = Rfc3339.truncated(time);
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(outcome, "outcome");
    boolean isJob = job.id() != null && job.type() != null && job.tenant() != null;
    if (!isJob && !(outcome instanceof Outcome.Rejected)) {
      throw new IllegalArgumentException(
          "only a rejected message may lack its job's id, type or tenant, and this is " + outcome);
    }
  }

  /**
   * Which job an event is about. Everything that may be null is null only for {@link
   * Outcome.Rejected}.
   *
   * @param attempt the attempt that ended; 0 if none had begun
   */
  public record Job(
      @Nullable JobId id,
      @Nullable String tenant,
      @Nullable JobType type,
      @Nullable String messageId,
      int attempt) {

    /** What is known of a message that names neither a tenant nor anything else usable. */
    public static final Job UNKNOWN = new Job(null, null, null, null, 0);
  }

  /** The CloudEvents {@code id}: job, attempt and state; for a rejection, its quarantine number. */
  public String id() {
    String subject =
        outcome instanceof Outcome.Rejected rejected
            ? "quarantine/" + rejected.quarantineId()
            : job.id() + "/" + job.attempt();
    return subject + "/" + outcome.state();
  }

  /** The CloudEvents {@code type}. */
  public String type() {
    return TYPE_PREFIX + outcome.state();
  }

  /** The routing key on {@link ContractNames#EVENTS}. */
  public String routingKey() {
    JobType type = job.type();
    return "job." + outcome.state() + "." + (type == null ? UNKNOWN_TYPE : type.name());
  }
}
