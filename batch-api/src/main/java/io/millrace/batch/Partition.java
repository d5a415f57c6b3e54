package io.millrace.batch;

import java.util.Map;

/**
 * A part of a step's work, which one process does at a time.
 *
 * @param name unique in its step, and the same however often the run is restarted; 1 to 60
 *     characters without control characters
 * @param items how many there are, for the progress that is shown; 0 if nobody knows
 * @param attributes which say what is in it; they are kept, and given to whoever does it
 */
public record Partition(String name, long items, Map<String, String> attributes) {

  /** The only part of a step that is not divided. */
  public static final String WHOLE = "all";

  private static final int LONGEST_NAME = 60;

  /**
   * @throws IllegalArgumentException if the name is none, or {@code items} is negative
   */
  public Partition {
    attributes = Map.copyOf(attributes);
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a partition's name has 1 to %d characters, and none that control: '%s'"
              .formatted(LONGEST_NAME, name));
    }
    if (items < 0) {
      throw new IllegalArgumentException("a partition has no %d items".formatted(items));
    }
  }

  /** A step's work that is not divided. */
  public static Partition whole(long items) {
    return new Partition(WHOLE, items, Map.of());
  }

  /**
   * The value of an attribute.
   *
   * @throws IllegalArgumentException if it has none of this name
   */
  public String text(String attribute) {
    String value = attributes.get(attribute);
    if (value == null) {
      throw new IllegalArgumentException(
          "partition %s has no attribute '%s'".formatted(name, attribute));
    }
    return value;
  }

  /**
   * The value of an attribute that is a whole number.
   *
   * @throws IllegalArgumentException if it has none of this name, or that is no number
   */
  public long number(String attribute) {
    return Long.parseLong(text(attribute));
  }
}
