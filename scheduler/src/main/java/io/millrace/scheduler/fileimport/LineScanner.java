package io.millrace.scheduler.fileimport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the lines of a file are, one after the other, in a memory that does not depend upon
 * how long they are. Lines end with LF or CR LF, the last one also with the file; those of white
 * space are passed over. For one thread.
 *
 * <p>Where a quoted field may have line breaks, a record ends at the first line break outside of
 * quotes. If its quotes are not closed within {@value #MOST_LINES} lines and the largest length, or
 * something other than a separator follows them, its first line is a faulty one, and the next line
 * begins anew: a single wrong quote does not swallow the file.
 */
final class LineScanner {

  /** How many lines one record may have. */
  static final int MOST_LINES = 100;

  private static final int BUFFER = 256 * 1024;
  private static final int END = -1;

  private final FileChannel file;
  private final int maxLength;
  private final int quotedSeparator;
  private final byte[] buffer = new byte[BUFFER];
  private long bufferAt;
  private int filled;
  private int next;
  private long number;

  /**
   * @param at where a line begins
   * @param number of that line, from 1
   * @param maxLength of a line that can be read, in bytes
   * @param quotedSeparator between two fields, if quoted ones may have line breaks; -1 if not
   */
  LineScanner(FileChannel file, long at, long number, int maxLength, int quotedSeparator) {
    this.file = file;
    this.bufferAt = at;
    this.number = number;
    this.maxLength = maxLength;
    this.quotedSeparator = quotedSeparator;
  }

  /** Where the next line begins. */
  long at() {
    return bufferAt + next;
  }

  /** The number of the next line. */
  long number() {
    return number;
  }

  /** The next line that is not white space; null at the end of the file. */
  @Nullable Line next() throws IOException {
    while (true) {
      long start = at();
      long first = number;
      Extent extent = quotedSeparator == END ? plain(start) : quoted(start);
      if (extent == null) {
        return null;
      }
      if (extent.fault() != null || !extent.isBlank()) {
        return new Line(first, start, extent.length(), extent.fault());
      }
    }
  }

  private record Extent(long length, boolean isBlank, @Nullable String fault) {}

  /** To the next line break, whatever stands before it. */
  private @Nullable Extent plain(long start) throws IOException {
    boolean blank = true;
    int last = END;
    int c = read();
    if (c == END) {
      return null;
    }
    while (c != '\n' && c != END) {
      blank &= isSpace(c);
      last = c;
      c = read();
    }
    number++;
    long length = at() - start - (c == '\n' ? 1 : 0) - (last == '\r' ? 1 : 0);
    return new Extent(length, blank, length > maxLength ? tooLong(length) : null);
  }

  /** To the next line break outside of quotes. */
  private @Nullable Extent quoted(long start) throws IOException {
    long first = number;
    boolean blank = true;
    boolean opens = true; // a quote here would open a field
    int last = END;
    int c = read();
    if (c == END) {
      return null;
    }
    while (c != '\n' && c != END) {
      blank &= isSpace(c);
      if (c == '"' && opens) {
        if (!skipQuoted(start, first)) {
          return firstLineOf(start, first);
        }
        last = '"';
        opens = false;
      } else {
        last = c;
        opens = c == quotedSeparator;
      }
      c = read();
    }
    number++;
    long length = at() - start - (c == '\n' ? 1 : 0) - (last == '\r' ? 1 : 0);
    return new Extent(length, blank, length > maxLength ? tooLong(length) : null);
  }

  /** From behind an opening quote to behind its closing one; false if that is not found. */
  private boolean skipQuoted(long start, long first) throws IOException {
    while (true) {
      int c = read();
      if (c == END || at() - start > maxLength) {
        return false;
      }
      if (c == '\n') {
        number++;
        if (number - first >= MOST_LINES) {
          return false;
        }
      } else if (c == '"') {
        int after = peek();
        if (after == '"') {
          next++;
        } else {
          return after == quotedSeparator || after == '\n' || after == '\r' || after == END;
        }
      }
    }
  }

  private Extent firstLineOf(long start, long first) throws IOException {
    bufferAt = start;
    filled = 0;
    next = 0;
    number = first;
    Extent line = plain(start);
    if (line == null || line.fault() != null) {
      return line == null ? new Extent(0, true, null) : line;
    }
    return new Extent(
        line.length(),
        false,
        "a quoted field is not closed, or something follows its closing quote");
  }

  private String tooLong(long length) {
    return "the line has %d bytes, %d are allowed".formatted(length, maxLength);
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private int peek() throws IOException {
    return next < filled || fill() ? buffer[next] & 0xFF : END;
  }

  private int read() throws IOException {
    return next < filled || fill() ? buffer[next++] & 0xFF : END;
  }

  private boolean fill() throws IOException {
    bufferAt += filled;
    next = 0;
    filled = 0;
    int read = file.read(ByteBuffer.wrap(buffer), bufferAt);
    filled = Math.max(read, 0);
    return filled > 0;
  }
}
