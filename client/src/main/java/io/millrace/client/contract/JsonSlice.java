package io.millrace.client.contract;

import java.util.Arrays;
import tools.jackson.core.JsonParser;

/** Cuts one value out of a JSON document in UTF-8, byte for byte. */
final class JsonSlice {

  private JsonSlice() {}

  /**
   * The bytes of the value at which {@code parser} stands, which it leaves behind.
   *
   * @param body what the parser reads
   * @param start where in {@code body} it began to read
   */
  static byte[] cut(JsonParser parser, byte[] body, int start) {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return Arrays.copyOfRange(body, start + from, start + to);
  }
}
