package io.millrace.worker.execution;

/** So many handlers do not heed their interrupt that the process had better begin anew. */
public final class ExhaustedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ExhaustedException(int handlers) {
    super(
        "%d handlers do not heed their interrupt, as many as there are threads for calculations"
            .formatted(handlers));
  }
}
