package io.millrace.handler;

/**
 * A call to somebody else's system. It happens at least once: after a crash, or when an answer is
 * lost, it is made again, with the same {@link JobContext#idempotencyKey() key} for the other side
 * to recognise it by.
 *
 * <p>Each call runs on a virtual thread of its own, so waiting is free. How many are made at a
 * time, how often, and whether any is made while the other side is down, is the engine's business,
 * by what the call depends upon: see {@link #dependency}. Meanwhile a job waits, which costs it no
 * attempt.
 *
 * @param <I> the input, read from the job's payload
 * @param <O> the result, kept with the job
 */
public non-sealed interface Integration<I, O> extends JobHandler<I, O> {

  /**
   * Makes the call for one job.
   *
   * @throws PermanentFailure if the job can never succeed
   * @throws TransientFailure if the other side fails for now, which counts against its circuit
   * @throws Exception anything else; the job is tried again as its type's configuration says
   */
  O call(I input, CallContext context) throws Exception;

  /**
   * What the call depends upon: calls with the same dependency share its circuit and its limits,
   * over all workers and job types. It is configured under {@code
   * millrace.dependencies.<dependency>}; of {@code name/part}, such as {@code
   * webhook/hooks.example.com}, each part is on its own and all are configured as {@code name}.
   *
   * <p>Unless this is overridden it is what {@link Calls} names.
   *
   * @return a name of a-z, digits and '-'; then, for a part, a slash and up to 255 visible
   *     characters without spaces
   */
  default String dependency(I input) {
    Calls calls = getClass().getAnnotation(Calls.class);
    if (calls == null) {
      throw new IllegalStateException(
          getClass().getName()
              + " does not say what it calls: annotate it with @Calls(\"its-name\")");
    }
    return calls.value();
  }

  /**
   * The same, where it depends on the job's tenant as well.
   *
   * @param tenant who the job belongs to
   * @return as above
   */
  default String dependency(I input, String tenant) {
    return dependency(input);
  }
}
