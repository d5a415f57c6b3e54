package io.millrace.client.contract;

/** Every name on the wire that publishers, workers and listeners have to agree on. */
public final class ContractNames {

  /** The topic exchange of job messages; the routing key is the job type. */
  public static final String JOBS = "millrace.jobs";

  /** The exchange that leads to the {@link Lane#HIGH} lane. */
  public static final String JOBS_HIGH = "millrace.jobs.high";

  /** The exchange that leads to the {@link Lane#LOW} lane. */
  public static final String JOBS_LOW = "millrace.jobs.low";

  /** The topic exchange of outcomes; the routing key is {@code job.<state>.<job type>}. */
  public static final String EVENTS = "millrace.events";

  /** Who the job belongs to, where the AMQP user may speak for several tenants. */
  public static final String TENANT = "millrace-tenant";

  /** When the job may start at the earliest, RFC 3339. */
  public static final String NOT_BEFORE = "millrace-not-before";

  /** After what time the job is not started any more, RFC 3339. */
  public static final String DEADLINE = "millrace-deadline";

  /**
   * While a job of this tenant, type and key is unfinished, another one is cancelled as its
   * duplicate.
   */
  public static final String UNIQUE_KEY = "millrace-unique-key";

  /** At most N jobs of the type with this key run at a time in the whole system. */
  public static final String CONCURRENCY_KEY = "millrace-concurrency-key";

  /** The person the payload is about. */
  public static final String SUBJECT = "millrace-subject";

  /** W3C Trace Context. */
  public static final String TRACEPARENT = "traceparent";

  /** Begins the header of a CloudEvents attribute in binary mode. */
  public static final String CLOUD_EVENTS_COLON = "cloudEvents:";

  /** The other beginning, for clients that may not send a colon. */
  public static final String CLOUD_EVENTS_UNDERSCORE = "cloudEvents_";

  /** The content type of a payload. */
  public static final String JSON = "application/json";

  /** The content type of a CloudEvent in structured mode. */
  public static final String CLOUD_EVENT_JSON = "application/cloudevents+json";

  /** The longest message id, tenant or key, in characters. */
  public static final int MAX_NAME_LENGTH = 200;

  /** The longest CloudEvents {@code source}, in characters. */
  public static final int MAX_SOURCE_LENGTH = 1_000;

  /** The largest body that a worker takes unless it is configured otherwise, in bytes. */
  public static final int DEFAULT_MAX_BODY_BYTES = 1_048_576;

  private ContractNames() {}

  /** The exchange whose messages reach {@code lane}. */
  public static String exchangeOf(Lane lane) {
    return switch (lane) {
      case HIGH -> JOBS_HIGH;
      case NORMAL -> JOBS;
      case LOW -> JOBS_LOW;
    };
  }

  /**
   * The CloudEvents extension attribute that says the same as {@code header}; such names have small
   * letters and digits only.
   */
  public static String extensionOf(String header) {
    return header.replace("-", "");
  }

  /** The lane that {@code exchange} leads to; normal if it is none of ours. */
  public static Lane laneOf(String exchange) {
    return switch (exchange) {
      case JOBS_HIGH -> Lane.HIGH;
      case JOBS_LOW -> Lane.LOW;
      default -> Lane.NORMAL;
    };
  }
}
