package io.millrace.scheduler.fileimport;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of bytes that have to be UTF-8. */
final class Utf8 {

  private Utf8() {}

  /**
   * @throws RejectedLineException if they are not
   */
  static String text(byte[] bytes) throws RejectedLineException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return decoder.decode(in).toString();
    } catch (CharacterCodingException _) {
      throw new RejectedLineException(
          "the line is not UTF-8, from its byte %d on".formatted(in.position() + 1));
    }
  }
}
