package io.millrace.client.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/**
 * JSON that is in UTF-8 already, embedded by a generator of bytes without being decoded first. The
 * methods that quote, or that write characters, are for other generators.
 */
record RawJson(byte[] utf8) implements SerializableString {

  @Override
  public int appendUnquotedUTF8(byte[] buffer, int offset) {
    if (offset + utf8.length > buffer.length) {
      return -1;
    }
    System.arraycopy(utf8, 0, buffer, offset, utf8.length);
    return utf8.length;
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return utf8;
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    out.write(utf8);
    return utf8.length;
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer buffer) {
    if (utf8.length > buffer.remaining()) {
      return -1;
    }
    buffer.put(utf8);
    return utf8.length;
  }

  @Override
  public String getValue() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public int charLength() {
    return getValue().length();
  }

  @Override
  public int appendUnquoted(char[] buffer, int offset) {
    throw notForCharacters();
  }

  @Override
  public char[] asQuotedChars() {
    throw notForCharacters();
  }

  @Override
  public byte[] asQuotedUTF8() {
    throw notForCharacters();
  }

  @Override
  public int appendQuotedUTF8(byte[] buffer, int offset) {
    throw notForCharacters();
  }

  @Override
  public int appendQuoted(char[] buffer, int offset) {
    throw notForCharacters();
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) {
    throw notForCharacters();
  }

  @Override
  public int putQuotedUTF8(ByteBuffer buffer) {
    throw notForCharacters();
  }

  private static UnsupportedOperationException notForCharacters() {
    return new UnsupportedOperationException("raw JSON is written unquoted, as bytes");
  }
}
