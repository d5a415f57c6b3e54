package io.millrace.core.access;

import java.util.Set;

/**
 * What somebody may have to do with. There is no such thing as leaving it open: who has been
 * granted nothing has {@link Only} nothing.
 */
public sealed interface Allowed<T> {

  /** Everything, whatever comes to be. */
  record All<T>() implements Allowed<T> {}

  /** What is in {@code values}, and nothing else. */
  record Only<T>(Set<T> values) implements Allowed<T> {

    public Only {
      values = Set.copyOf(values);
    }
  }

  static <T> Allowed<T> all() {
    return new All<>();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  static <T> Allowed<T> only(T... values) {
    return new Only<>(Set.of(values));
  }
}
