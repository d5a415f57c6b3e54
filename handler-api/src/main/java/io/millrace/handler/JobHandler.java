package io.millrace.handler;

/**
 * Work of one job type, named by a {@link Handles} annotation on the class. What kind of work it is
 * decides the guarantee: see the interfaces below this one.
 *
 * <p>One instance serves all jobs of its type, from many threads at once. Input and output are
 * records that the engine reads from and writes to JSON; the type arguments must be concrete
 * classes.
 *
 * @param <I> the input, read from the job's payload
 * @param <O> the result, kept with the job
 */
public sealed interface JobHandler<I, O> permits Calculation, TransactionalHandler, Integration {}
