package io.millrace.scheduler.fileimport;

import org.jspecify.annotations.Nullable;

/** Makes a payload of a line. For one thread. */
interface LineReading {

  /**
   * What a line says.
   *
   * @param payload JSON in UTF-8
   * @param id the message id; null if it is to be derived from the payload
   * @param subject the person that it is about; null if it names nobody
   */
  record Content(byte[] payload, @Nullable String id, @Nullable String subject) {}

  /**
   * @throws RejectedLineException if the line is not what the file should have
   */
  Content read(byte[] line) throws RejectedLineException;
}
