package io.millrace.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of jobs, steps and parameters. */
final class Names {

  static final int LONGEST_JOB = 60;
  static final int LONGEST_PARAMETER = 50;

  /** With the name of a partition and a colon it is a name of Spring Batch, of 100 at most. */
  static final int LONGEST_STEP = 30;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private Names() {}

  static void require(String what, String name, int longest) {
    if (name.length() > longest || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a %s's name is words of a-z and 0-9, joined by '-', at most %d characters: '%s'"
              .formatted(what, longest, name));
    }
  }

  static void requireDifferent(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("there are two %ss named '%s'".formatted(what, name));
      }
    }
  }
}
