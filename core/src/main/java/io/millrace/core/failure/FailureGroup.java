package io.millrace.core.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.Failure;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What failed alike, and so most likely for the same reason: jobs of one type whose exceptions have
 * one class, the same words, and came out of the same methods.
 *
 * @param id the first 8 bytes of SHA-256 over the rest, with zero bytes between
 * @param kind the class of the exception, or a reason of the engine's own in capitals
 * @param message with placeholders for what differs from job to job, see {@link MessagePattern}
 * @param frames the top of the handler's stack, see {@link TopFrames}
 */
public record FailureGroup(long id, JobType type, String kind, String message, String frames) {

  /** The group that a job of {@code type} belongs to which has failed for this reason. */
  public static FailureGroup of(JobType type, Failure why) {
    String message = MessagePattern.of(why.message());
    String cause = why.cause();
    String frames = cause == null ? "" : TopFrames.of(cause);
    return new FailureGroup(
        id(type.name(), why.kind(), message, frames), type, why.kind(), message, frames);
  }

  private static long id(String... parts) {
    return ByteBuffer.wrap(sha256().digest(String.join("\0", parts).getBytes(UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
