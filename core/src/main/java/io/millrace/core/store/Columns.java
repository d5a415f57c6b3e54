package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns as arrays of the types that the PostgreSQL driver sends in binary, and ids in text, which
 * it cannot.
 */
final class Columns {

  private Columns() {}

  static String[] ids(Collection<JobId> ids) {
    return ids.stream().map(JobId::toString).toArray(String[]::new);
  }

  static <T> @Nullable String[] texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
    @Nullable String[] array = new @Nullable String[rows.size()];
    int i = 0;
    for (T row : rows) {
      Object value = column.apply(row);
      array[i++] = value == null ? null : value.toString();
    }
    return array;
  }

  static <T> @Nullable Long[] micros(
      Collection<T> rows, Function<? super T, ? extends @Nullable Instant> column) {
    @Nullable Long[] array = new @Nullable Long[rows.size()];
    int i = 0;
    for (T row : rows) {
      Instant value = column.apply(row);
      array[i++] = value == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, value);
    }
    return array;
  }

  static <T> Integer[] integers(Collection<T> rows, Function<? super T, Integer> column) {
    Integer[] array = new Integer[rows.size()];
    int i = 0;
    for (T row : rows) {
      array[i++] = column.apply(row);
    }
    return array;
  }

  static <T> Boolean[] booleans(Collection<T> rows, Function<? super T, Boolean> column) {
    Boolean[] array = new Boolean[rows.size()];
    int i = 0;
    for (T row : rows) {
      array[i++] = column.apply(row);
    }
    return array;
  }

  static <T> byte[] @Nullable [] bytes(
      Collection<T> rows, Function<? super T, byte @Nullable []> column) {
    byte[] @Nullable [] array = new byte[rows.size()][];
    int i = 0;
    for (T row : rows) {
      array[i++] = column.apply(row);
    }
    return array;
  }
}
