package io.millrace.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs for tests: {@code aJob("m-1").running().build()}. */
final class JobFixture {

  static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.123456Z");
  static final Instant STARTED = CREATED.plusMillis(1);
  static final Instant FINISHED = CREATED.plusMillis(2);
  static final UUID WORKER = new UUID(1, 1);

  private final String messageId;
  private String tenant = "acme";
  private JobOptions options = JobOptions.NONE;
  private Standing standing = Standing.running(new LeaseToken(WORKER, 1));
  private @Nullable Instant startedAt = STARTED;
  private @Nullable Instant finishedAt;
  private Setbacks setbacks = Setbacks.NONE;
  private Job.Ending ending = Job.Ending.NONE;

  private JobFixture(String messageId) {
    this.messageId = messageId;
  }

  static JobFixture aJob(String messageId) {
    return new JobFixture(messageId);
  }

  JobFixture with(JobOptions value) {
    options = value;
    return this;
  }

  JobFixture runningOn(UUID worker, int attempt) {
    standing = Standing.running(new LeaseToken(worker, attempt));
    return this;
  }

  JobFixture waiting() {
    return waiting(WaitReason.SCHEDULED, FINISHED);
  }

  JobFixture waiting(WaitReason reason, Instant dueAt) {
    standing = new Standing(JobState.WAITING, reason, dueAt, 1, null);
    startedAt = null;
    return this;
  }

  JobFixture with(Setbacks value) {
    setbacks = value;
    return this;
  }

  JobFixture of(String value) {
    tenant = value;
    return this;
  }

  JobFixture succeeded(String result) {
    return ended(JobState.SUCCEEDED, Job.Ending.succeeded(result.getBytes(UTF_8)));
  }

  JobFixture failed(String message) {
    return ended(JobState.FAILED, Job.Ending.failed(new Failure("Broken", message, null)));
  }

  private JobFixture ended(JobState state, Job.Ending how) {
    standing = new Standing(state, null, null, 1, null);
    finishedAt = FINISHED;
    ending = how;
    return this;
  }

  Job build() {
    JobType type = new JobType("test.job");
    byte[] payload = "{\"a\":1}".getBytes(UTF_8);
    return new Job(
        JobId.of(tenant, messageId),
        new Job.Order(tenant, type, messageId, options, payload, Fingerprint.of(type, payload)),
        standing,
        new Job.Times(CREATED, startedAt, finishedAt),
        setbacks,
        ending);
  }
}
