package io.millrace.client.contract;

import java.util.regex.Pattern;

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

  private static final Pattern FORM = Pattern.compile(PATTERN);

  public JobType {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "'%s' is no job type: words of a-z, 0-9 and '-', joined by dots, at most %d characters"
              .formatted(name, MAX_LENGTH));
    }
  }

  /** Whether {@code name} may be the name of a type. */
  public static boolean isValid(String name) {
    return name.length() <= MAX_LENGTH && FORM.matcher(name).matches();
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
