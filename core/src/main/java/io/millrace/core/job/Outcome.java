package io.millrace.core.job;

/** How an attempt ended. */
public sealed interface Outcome {

  /**
   * It has a result.
   *
   * @param result JSON in UTF-8; not copied
   */
  record Succeeded(byte[] result) implements Outcome {}

  /** It has none. */
  record Failed(Mishap.Failed how) implements Outcome {}
}
