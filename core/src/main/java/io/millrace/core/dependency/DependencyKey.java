package io.millrace.core.dependency;

import java.util.regex.Pattern;

/**
 * What a job depends upon, as its handler names it: {@code credit-bureau}, or a part of something
 * that is configured as one, such as {@code webhook/hooks.example.com}. What has the same key has
 * one circuit and the same limits.
 *
 * @param value a name of letters a-z, digits and '-'; then, if it is a part, a slash and up to 255
 *     visible characters
 */
public record DependencyKey(String value) implements Comparable<DependencyKey> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");
  private static final Pattern FORM = Pattern.compile(NAME + "(/[!-~]{1,255})?");

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public DependencyKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' names no dependency: write a name of a-z, 0-9 and '-', or name/part"
              .formatted(value));
    }
  }

  /** Whether {@code text} is a name under which a dependency may be configured. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Under which name it is configured. */
  public String name() {
    int slash = value.indexOf('/');
    return slash < 0 ? value : value.substring(0, slash);
  }

  @Override
  public int compareTo(DependencyKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
