package io.millrace.core.broker;

import com.rabbitmq.client.MessageProperties;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dispatcher's word to a worker that a job is due. It names the attempt, so that one that comes
 * late or twice is recognised; everything else is in the job's row.
 *
 * @param job which
 * @param attempt the attempt that is to begin
 */
public record DispatchMessage(JobId job, int attempt) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9]{1,9})");

  /** The message to the workers that have {@code type}. */
  public OutboundMessage to(JobType type) {
    String text = text();
    return new OutboundMessage(
        "",
        QueueNames.dispatch(type),
        MessageProperties.PERSISTENT_TEXT_PLAIN.builder().messageId(text).type(type.name()).build(),
        text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What it says, which is its message id as well. */
  public String text() {
    return job + "/" + attempt;
  }

  /** Reads the body of such a message; empty if it is not the dispatcher's. */
  public static Optional<DispatchMessage> read(byte[] body) {
    Matcher form = FORM.matcher(new String(body, StandardCharsets.US_ASCII));
    return form.matches()
        ? Optional.of(
            new DispatchMessage(
                new JobId(UUID.fromString(form.group(1))), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }
}
