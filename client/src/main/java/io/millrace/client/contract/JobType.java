package io.millrace.client.contract;

/**
 * The name of a kind of job, such as {@code loan.amortize}: words of small letters, digits and
 * hyphens, joined by dots; at most 100 characters. It is the routing key of the job's message.
 *
 * @throws IllegalArgumentException from the constructor, if the name is not of that form
 */
public record JobType(String name) implements Comparable<JobType> {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 100;

  /** The form of a name, as a regular expression. */
  public static final String PATTERN = "[a-z0-9-]+(\\.[a-z0-9-]+)*";

  public JobType {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "'%s' is no job type: words of a-z, 0-9 and '-', joined by dots, at most %d characters"
              .formatted(name, MAX_LENGTH));
    }
  }

  /** Whether {@code name} may be the name of a type: what {@link #PATTERN} says, in one pass. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    boolean insideWord = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ofWord = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
      if (!ofWord && !(c == '.' && insideWord)) {
        return false;
      }
      insideWord = ofWord;
    }
    return insideWord;
  }

  @Override
  public int compareTo(JobType other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
