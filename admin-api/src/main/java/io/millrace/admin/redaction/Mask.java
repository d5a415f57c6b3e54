package io.millrace.admin.redaction;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts stars over parts of JSON documents. Numbers keep the digits they were written with. Safe for
 * use by many threads.
 */
final class Mask {

  private static final Logger LOG = LoggerFactory.getLogger(Mask.class);

  private static final String STARS = "***";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  /** Named here: what else is on the class path is not to decide how documents are read. */
  private static final Configuration WAYS =
      Configuration.builder()
          .jsonProvider(new JsonSmartJsonProvider())
          .mappingProvider(new JsonSmartMappingProvider())
          .options(EnumSet.noneOf(Option.class))
          .build();

  private final List<JsonPath> paths;

  private Mask(List<JsonPath> paths) {
    this.paths = paths;
  }

  /**
   * @throws IllegalArgumentException if one of {@code paths} is none, or leads to the whole
   *     document
   */
  static Mask of(Collection<String> paths) {
    return new Mask(paths.stream().map(Mask::compiled).toList());
  }

  /** What hides all that either hides. */
  static Mask all(Collection<Mask> masks) {
    return new Mask(masks.stream().flatMap(mask -> mask.paths.stream()).toList());
  }

  private static JsonPath compiled(String path) {
    if (path.isBlank() || path.strip().equals("$") || !path.strip().startsWith("$")) {
      throw new IllegalArgumentException(
          "'%s' is no path into a document: write one such as $.borrower.name".formatted(path));
    }
    try {
      return JsonPath.compile(path.strip());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "'%s' is no JSON path: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The document with stars; empty if it cannot be read, for then nobody knows what is in it. */
  Optional<String> over(byte[] json) {
    try {
      Object document = JSON.readValue(json, Object.class);
      paths.forEach(path -> hide(document, path));
      return Optional.of(JSON.writeValueAsString(document));
    } catch (JacksonException | JsonPathException e) {
      LOG.atDebug().setCause(e).log("payload hidden as a whole");
      return Optional.empty();
    }
  }

  private static void hide(Object document, JsonPath path) {
    try {
      path.map(document, (_, _) -> STARS, WAYS);
    } catch (PathNotFoundException _) {
      // There is nothing of that name in this document.
    }
  }
}
