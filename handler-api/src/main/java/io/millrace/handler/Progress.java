package io.millrace.handler;

import java.util.Objects;

/**
 * How far a handler is.
 *
 * @param done the part that is done, from 0 to 1
 * @param note what it is at, for people; cut to 200 characters
 */
public record Progress(double done, String note) {

  private static final int MAX_NOTE = 200;

  /**
   * @throws IllegalArgumentException if {@code done} is not from 0 to 1
   */
  public Progress {
    Objects.requireNonNull(note, "note");
    if (!(done >= 0 && done <= 1)) { // which NaN is not, either
      throw new IllegalArgumentException("progress is from 0 to 1, and not " + done);
    }
    note = note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
  }
}
