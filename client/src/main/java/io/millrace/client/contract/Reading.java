package io.millrace.client.contract;

import org.jspecify.annotations.Nullable;

/** What reading a message gave: a job, or the reason why it cannot become one. */
public sealed interface Reading {

  /**
   * The message says what a job message has to say. Whether its payload is JSON, its type is known
   * and its tenant exists is for the worker to judge.
   *
   * @param message the job; its tenant is what the {@value ContractNames#TENANT} header says
   * @param userId the AMQP {@code user_id}, which the broker vouches for
   */
  record Readable(JobMessage message, @Nullable String userId) implements Reading {}

  /**
   * The message cannot become a job.
   *
   * @param refusal which rule it breaks
   * @param explanation sentences for the publisher that say what to change; free of characters that
   *     a database or a log could not take
   * @param messageId the message's id, if it has a usable one
   */
  record Refused(Refusal refusal, String explanation, @Nullable String messageId)
      implements Reading {}
}
