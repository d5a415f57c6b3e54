package io.millrace.core.broker;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Empties the tables and lists among a message's headers that are nested deeper than anybody needs.
 * The client would read them by recursion, in a time that grows with the square of the depth: one
 * frame has room for 26,000 levels, with which its stack overflows, its connection ends, and the
 * message comes again. Not thread-safe.
 */
final class ShallowHeaders {

  /** Far below what stacks, JSON libraries and jsonb take. */
  static final int DEEPEST = 100;

  // Class, weight, size of the body, flags: AMQP 0-9-1, section 4.2.6.1.
  private static final int FLAGS_AT = 12;
  private static final int CONTENT_TYPE = 1 << 15;
  private static final int CONTENT_ENCODING = 1 << 14;
  private static final int HEADERS = 1 << 13;

  private final ByteBuffer frame;
  private final ByteArrayOutputStream shallow = new ByteArrayOutputStream();

  private ShallowHeaders(byte[] payload) {
    this.frame = ByteBuffer.wrap(payload);
  }

  /** Whether it is worth a look: each level takes five bytes, so nearly no message is. */
  static boolean mayBeDeep(byte[] payload) {
    return payload.length >= 5 * DEEPEST;
  }

  /**
   * The payload of a content header frame, itself if nothing in it is too deep or it cannot be
   * read.
   */
  static byte[] of(byte[] payload) {
    try {
      return new ShallowHeaders(payload).read();
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return payload;
    }
  }

  private byte[] read() {
    int flags = frame.getShort(FLAGS_AT);
    if ((flags & HEADERS) == 0) {
      return frame.array();
    }
    frame.position(FLAGS_AT + Short.BYTES);
    if ((flags & CONTENT_TYPE) != 0) {
      skip(Byte.toUnsignedInt(frame.get()));
    }
    if ((flags & CONTENT_ENCODING) != 0) {
      skip(Byte.toUnsignedInt(frame.get()));
    }
    int tableAt = frame.position();
    int end = endOfContainer();
    while (frame.position() < end) {
      copyEntry();
    }
    if (shallow.size() == end - tableAt - Integer.BYTES) {
      return frame.array();
    }
    byte[] rewritten =
        new byte[frame.capacity() - (end - tableAt - Integer.BYTES) + shallow.size()];
    ByteBuffer.wrap(rewritten)
        .put(frame.array(), 0, tableAt)
        .putInt(shallow.size())
        .put(shallow.toByteArray())
        .put(frame.array(), end, frame.capacity() - end);
    return rewritten;
  }

  private void copyEntry() {
    int from = frame.position();
    skip(Byte.toUnsignedInt(frame.get()));
    byte type = frame.get();
    int valueAt = frame.position();
    boolean tooDeep = skipValue(type);
    shallow.write(frame.array(), from, (tooDeep ? valueAt : frame.position()) - from);
    if (tooDeep) {
      shallow.writeBytes(new byte[Integer.BYTES]); // of the same type, with nothing in it
    }
  }

  /** Goes behind a value, and answers whether it is too deep. */
  private boolean skipValue(byte type) {
    if (type != 'F' && type != 'A') {
      skip(sizeOf(type));
      return false;
    }
    record Level(boolean isTable, int end) {}
    int end = endOfContainer();
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(new Level(type == 'F', end));
    while (!levels.isEmpty()) {
      if (levels.size() > DEEPEST) {
        frame.position(end);
        return true;
      }
      if (frame.position() >= levels.element().end()) {
        levels.pop();
        continue;
      }
      if (levels.element().isTable()) {
        skip(Byte.toUnsignedInt(frame.get()));
      }
      byte inner = frame.get();
      if (inner == 'F' || inner == 'A') {
        levels.push(new Level(inner == 'F', endOfContainer()));
      } else {
        skip(sizeOf(inner));
      }
    }
    return false;
  }

  /** The types and their sizes are those of RabbitMQ, which differ from the specification's. */
  private int sizeOf(byte type) {
    return switch (type) {
      case 'V' -> 0;
      case 't', 'b', 'B' -> 1;
      case 's', 'u' -> 2;
      case 'I', 'i', 'f' -> 4;
      case 'D' -> 5;
      case 'l', 'L', 'd', 'T' -> 8;
      case 'S', 'x' -> length();
      default -> throw new IllegalArgumentException("no type of a field: " + type);
    };
  }

  private int endOfContainer() {
    int length = length();
    return frame.position() + length;
  }

  private int length() {
    int length = frame.getInt();
    if (length < 0) {
      throw new IllegalArgumentException("longer than a frame: " + Integer.toUnsignedLong(length));
    }
    return length;
  }

  private void skip(int bytes) {
    frame.position(frame.position() + bytes);
  }
}
