package io.millrace.standalone.failure;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What lies at the bottom of a failure. */
public final class Reason {

  private Reason() {}

  /** The innermost message of {@code failure}, in one line. */
  public static String of(Throwable failure) {
    Throwable innermost = failure;
    String message = failure.getClass().getSimpleName();
    for (Throwable cause : causes(failure)) {
      innermost = cause;
      message = cause.getMessage() == null ? message : cause.getMessage();
    }
    String said = innermost.getMessage() == null ? message : innermost.getMessage();
    return said.strip().lines().findFirst().orElse(innermost.getClass().getSimpleName());
  }

  /** The outermost cause of a kind, the failure itself included. */
  public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    return causes(failure).stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Set<Throwable> causes(Throwable failure) {
    Set<Throwable> causes = new LinkedHashSet<>();
    Throwable next = failure;
    while (next != null && causes.add(next)) {
      next = next.getCause();
    }
    return causes;
  }
}
