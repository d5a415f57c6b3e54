package io.millrace.admin.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** How much of the jobs of one type somebody sees. */
public sealed interface Sight {

  /** Everything, as it came. */
  record Whole() implements Sight {}

  /** Everything that no path hides. */
  record Masked(Mask mask) implements Sight {}

  /** Nothing of what a job is about. */
  record Hidden() implements Sight {}

  /** Whether everything is seen. */
  default boolean isWhole() {
    return this instanceof Whole;
  }

  /**
   * A payload or a result, as it may be shown.
   *
   * @param json in UTF-8
   */
  default @Nullable String json(byte @Nullable [] json) {
    if (json == null) {
      return null;
    }
    return switch (this) {
      case Whole _ -> new String(json, UTF_8);
      case Masked(Mask mask) -> mask.over(json).orElse(null);
      case Hidden _ -> null;
    };
  }

  /**
   * What was written about a payload in words of somebody else: the causes of a failure, a call
   * with its bodies. No path leads into it, so it is shown whole or not at all.
   */
  default @Nullable String words(@Nullable String text) {
    return isWhole() ? text : null;
  }
}
