package io.millrace.worker.handlers;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/**
 * Whether what a handler threw may pass by itself. What it says itself counts; of anything else the
 * configuration knows which classes are permanent. Immutable.
 */
public final class FailureClassifier {

  private final Set<String> permanent;

  /**
   * @param permanent the names of exception classes; those derived from them are meant as well
   */
  public FailureClassifier(Set<String> permanent) {
    this.permanent = Set.copyOf(permanent);
  }

  /** What {@code thrown} makes of the attempt. */
  public Mishap.Failed classify(Throwable thrown) {
    Duration retryAfter =
        thrown instanceof TransientFailure failure ? failure.retryAfter().orElse(null) : null;
    return new Mishap.Failed(
        Failure.of(thrown), isPermanent(thrown), retryAfter, isElsewhere(thrown));
  }

  /** A handler that is wrong itself says nothing about what it calls. */
  private static boolean isElsewhere(Throwable thrown) {
    return thrown instanceof TransientFailure
        || thrown instanceof IOException
        || thrown instanceof TimeoutException;
  }

  private boolean isPermanent(Throwable thrown) {
    return switch (thrown) {
      case PermanentFailure _ -> true;
      case TransientFailure _ -> false;
      case JacksonException _ -> true; // the result cannot be written, and will not be next time
      default -> isListed(thrown.getClass());
    };
  }

  private boolean isListed(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (permanent.contains(each.getName())) {
        return true;
      }
    }
    return false;
  }
}
