package io.millrace.core.failure;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names a group of failures.
 *
 * @param hash of a {@link FailureGroup}; null for what failed under a version that knew no groups
 */
public record GroupId(@Nullable Long hash) {

  /** What failed under a version that knew no groups. */
  public static final GroupId UNGROUPED = new GroupId(null);

  private static final String NONE = "ungrouped";
  private static final int DIGITS = 16;

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static GroupId parse(String text) {
    if (text.equals(NONE)) {
      return UNGROUPED;
    }
    if (text.length() != DIGITS) {
      throw new IllegalArgumentException(
          "'%s' names no group of failures: it has 16 hexadecimal digits, or is 'ungrouped'"
              .formatted(text));
    }
    try {
      return new GroupId(HexFormat.fromHexDigitsToLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' names no group of failures: that has 16 hexadecimal digits".formatted(text), e);
    }
  }

  /** 16 hexadecimal digits, or {@code ungrouped}. */
  @Override
  public String toString() {
    return hash == null ? NONE : HexFormat.of().toHexDigits(hash);
  }
}
