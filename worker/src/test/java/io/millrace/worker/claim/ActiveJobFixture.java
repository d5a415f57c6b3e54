package io.millrace.worker.claim;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.intake.Delivery;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Jobs that a worker has at hand, for tests of what comes after the claim. */
public final class ActiveJobFixture {

  private static final UUID SELF = new UUID(7, 7);
  private static final byte[] PAYLOAD = {'{', '}'};

  private static final Delivery.Source NOWHERE =
      new Delivery.Source() {
        @Override
        public String queue() {
          return "test";
        }

        @Override
        public void acknowledge(Collection<Long> tags) {}
      };

  private ActiveJobFixture() {}

  /** A job of {@code tenant} with an input of its own. */
  public static ActiveJob anActiveJob(
      RegisteredHandler handler, String tenant, String messageId, Object input) {
    JobType type = handler.type();
    return new ActiveJob(
        new Job.Order(
            tenant, type, messageId, JobOptions.NONE, PAYLOAD, Fingerprint.of(type, PAYLOAD)),
        handler,
        input,
        new Delivery(
            NOWHERE,
            1,
            false,
            "millrace.jobs",
            type.name(),
            new AMQP.BasicProperties(),
            PAYLOAD,
            Instant.EPOCH),
        new LeaseToken(SELF, 1));
  }
}
