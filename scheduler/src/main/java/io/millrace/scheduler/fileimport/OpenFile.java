package io.millrace.scheduler.fileimport;

import io.millrace.batch.PermanentBatchFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file that is being imported, open for reading. For one thread. */
final class OpenFile implements Closeable {

  private static final int WINDOW = 256 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final FileChannel channel;
  private final ImportSource source;
  private final byte @Nullable [] header;
  private final long firstAt;
  private final long firstNumber;
  private byte[] window = new byte[0];
  private long windowAt;

  private OpenFile(FileChannel channel, ImportSource source) throws IOException {
    this.channel = channel;
    this.source = source;
    byte[] start = read(0, BYTE_ORDER_MARK.length);
    LineScanner lines =
        scanner(Arrays.equals(start, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0, 1);
    Line first = source.hasHeader() ? lines.next() : null;
    if (first != null && first.fault() != null) {
      throw new PermanentBatchFailure("the header cannot be read: " + first.fault());
    }
    this.header = first == null ? null : bytes(first);
    this.firstAt = lines.at();
    this.firstNumber = lines.number();
  }

  /**
   * @throws PermanentBatchFailure if its header cannot be read
   */
  static OpenFile of(Path file, ImportSource source) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return new OpenFile(channel, source);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Its lines, behind the header. */
  LineScanner lines() {
    return scanner(firstAt, firstNumber);
  }

  /** Its lines from one on, which begins at a byte and has a number. */
  LineScanner scanner(long at, long number) {
    return new LineScanner(channel, at, number, source.maxPayload(), source.quotedSeparator());
  }

  /** How many lines it has, faulty ones too. */
  long count() throws IOException {
    LineScanner lines = lines();
    long count = 0;
    while (lines.next() != null) {
      count++;
    }
    return count;
  }

  /**
   * What makes payloads of its lines.
   *
   * @throws PermanentBatchFailure if the header does not have the columns that the settings name
   */
  LineReading reading() {
    return source.reading(header);
  }

  /** What stands in a line, which is not too long to be read. */
  byte[] bytes(Line line) throws IOException {
    return bytes(line.at(), (int) line.length());
  }

  /** What stands in a line; null if it is too long to be read. */
  byte @Nullable [] shown(Line line) throws IOException {
    return line.length() > source.maxPayload() ? null : bytes(line);
  }

  /** What stands from a byte on; lines are mostly asked for one after the other. */
  private byte[] bytes(long at, int length) throws IOException {
    if (at < windowAt || at + length > windowAt + window.length) {
      window = read(at, Math.max(length, WINDOW));
      windowAt = at;
    }
    int from = (int) (at - windowAt);
    if (from + length > window.length) {
      throw new IOException("the file has become shorter while it was imported");
    }
    return Arrays.copyOfRange(window, from, from + length);
  }

  private byte[] read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // until all is there, or the file ends
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
