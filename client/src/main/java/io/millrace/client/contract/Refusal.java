package io.millrace.client.contract;

/**
 * Why a message cannot become a job. The name of the constant is what {@code quarantine}, events
 * and meters show.
 */
public enum Refusal {
  /** No AMQP {@code message_id}, or an empty one. */
  MISSING_MESSAGE_ID,
  /**
   * The {@code message_id} is longer than {@value ContractNames#MAX_NAME_LENGTH} characters or has
   * control characters.
   */
  INVALID_MESSAGE_ID,
  /** The routing key is not of the form of a job type. */
  INVALID_TYPE,
  /** Two places of the message say different things, such as routing key and AMQP {@code type}. */
  CONTRADICTION,
  /** A header of ours has a value that cannot be read. */
  INVALID_HEADER,
  /**
   * The {@code content_type} is neither {@code application/json} nor {@code
   * application/cloudevents+json}, or not in UTF-8.
   */
  UNSUPPORTED_CONTENT_TYPE,
  /** There is a {@code content_encoding}; compressed payloads are not read. */
  UNSUPPORTED_ENCODING,
  /** The body is larger than allowed. */
  TOO_LARGE,
  /** The body is not JSON in UTF-8. */
  MALFORMED_JSON,
  /** The message says that it is a CloudEvent and is not a valid one. */
  INVALID_CLOUD_EVENT,
  /** The payload does not have the shape that its type asks for. */
  SCHEMA_VIOLATION,
  /** No worker that reads this queue has a handler of the type. */
  UNKNOWN_TYPE,
  /** The message names no tenant, or one that its user may not speak for. */
  UNKNOWN_TENANT,
  /** The message id belongs to an earlier job with another type or payload. */
  MESSAGE_ID_REUSED,
  /** The database refuses what the message says, though every check passed. */
  UNSTORABLE,
  /** No queue takes messages with this routing key. */
  UNROUTED,
  /** The broker took the message off its queue by itself, by expiration or by a policy. */
  DEAD_LETTERED
}
