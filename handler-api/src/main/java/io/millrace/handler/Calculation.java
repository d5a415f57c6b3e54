package io.millrace.handler;

/**
 * A pure function of its input: no effect but its result. Its result is recorded exactly once;
 * after a crash, or when messages are delivered twice, it may be computed again, which nobody can
 * tell.
 *
 * <p>Calculations share a pool of as many threads as the machine has cores: compute, do not wait.
 *
 * @param <I> the input, read from the job's payload
 * @param <O> the result, kept with the job
 */
@FunctionalInterface
public non-sealed interface Calculation<I, O> extends JobHandler<I, O> {

  /**
   * Computes the result of one job.
   *
   * @throws PermanentFailure if this input has no result; the message is what operators and
   *     upstream systems read
   * @throws Exception anything else; the job fails with the exception recorded
   */
  O calculate(I input, JobContext context) throws Exception;
}
