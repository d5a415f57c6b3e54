package io.millrace.client;

import io.millrace.client.contract.JobType;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** A job that is to be published. */
public final class PublisherDraft extends JobDraft<PublisherDraft> {

  private final JobPublisher publisher;

  PublisherDraft(JobPublisher publisher, JsonMapper json, JobType type) {
    super(json, type);
    this.publisher = publisher;
  }

  /**
   * Publishes the job as {@link JobPublisher#publish} does.
   *
   * @throws IllegalStateException if message id or payload are missing
   * @throws IllegalArgumentException if a value breaks the contract
   */
  public CompletableFuture<PublishedJob> publish() {
    return publisher.publish(message());
  }

  @Override
  PublisherDraft self() {
    return this;
  }
}
