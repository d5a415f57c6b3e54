package io.millrace.admin.body;

import java.util.stream.Stream;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies so that nothing in them is ignored, guessed, or without bounds: an unknown member,
 * one that comes twice, a number for an enum, something after the end. It writes as the mapper of
 * the application does.
 */
final class StrictJson {

  /** Longer than any number of ours, and short enough to be read in no time. */
  private static final int LONGEST_NUMBER = 100;

  private static final int LONGEST_NAME = 1_000;

  private StrictJson() {}

  /**
   * @param usual what the application's mapper is made by
   */
  static JsonMapper mapper(BodyProperties limits, Stream<JsonMapperBuilderCustomizer> usual) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.maxDepth())
            .maxDocumentLength(limits.maxSize().toBytes())
            .maxStringLength(Math.toIntExact(limits.maxText().toBytes()))
            .maxNumberLength(LONGEST_NUMBER)
            .maxNameLength(LONGEST_NAME)
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build());
    usual.forEach(customizer -> customizer.customize(builder));
    return builder
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .build();
  }
}
