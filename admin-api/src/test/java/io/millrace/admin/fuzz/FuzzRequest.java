package io.millrace.admin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * A request to send.
 *
 * @param path of the operation, as the document has it
 * @param target the path and the query that are sent
 * @param body empty for none
 */
public record FuzzRequest(
    String verb, String path, String target, Map<String, String> headers, String body) {

  public FuzzRequest {
    headers = Map.copyOf(headers);
  }

  public byte[] bytes() {
    return body.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    String shown = body.length() <= 300 ? body : body.substring(0, 300) + "...";
    return "%s %s %s %s".formatted(verb, target, headers, shown);
  }
}
