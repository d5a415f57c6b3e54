package io.millrace.core.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What becomes of the payload of a job that is replayed. */
public sealed interface PayloadEdit {

  /** Nothing. */
  PayloadEdit NONE = new Keep();

  /** It stays as it came, byte by byte. */
  record Keep() implements PayloadEdit {}

  /**
   * Another one takes its place.
   *
   * @param payload JSON in UTF-8; not copied
   */
  record Replace(byte[] payload) implements PayloadEdit {

    @Override
    public boolean equals(Object other) {
      return other instanceof Replace(byte[] its) && Arrays.equals(payload, its);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(payload);
    }
  }

  /**
   * It is merged with a patch, by RFC 7396: members of the patch take the place of those of the
   * payload, and those that are null go.
   *
   * @param patch JSON
   */
  record Merge(String patch) implements PayloadEdit {}

  /**
   * What becomes of {@code payload}.
   *
   * @throws JacksonException if one of them is no JSON
   */
  default byte[] apply(byte[] payload) {
    return switch (this) {
      case Keep() -> payload;
      case Replace(byte[] other) -> other;
      case Merge(String patch) -> {
        JsonNode merged =
            MergePatch.apply(ExactJson.read(payload), ExactJson.read(patch.getBytes(UTF_8)));
        yield ExactJson.write(merged);
      }
    };
  }
}
