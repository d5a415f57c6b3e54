package io.millrace.batch;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * A step whose items are read, processed and written chunk by chunk, each chunk in one transaction
 * together with how far it has come. Readers, processors and writers are made anew for each
 * partition, and used by one thread. Those that are {@link ItemStream}s are opened with what they
 * saved at the last chunk that was committed; a reader that is none begins at its first item again
 * after a restart.
 *
 * @param <I> what is read
 * @param <O> what is written
 */
public final class ChunkStep<I, O> implements BatchStep {

  private static final int USUAL_CHUNK = 500;
  private static final int LARGEST_CHUNK = 100_000;

  private final String name;
  private final Partitioning partitioning;
  private final int chunk;
  private final Function<? super PartitionContext, ? extends ItemReader<? extends I>> reader;

  private final @Nullable
      Function<? super PartitionContext, ? extends ItemProcessor<? super I, ? extends O>>
      processor;

  private final Function<? super PartitionContext, ? extends ItemWriter<? super O>> writer;
  private final Set<Class<? extends Exception>> skippable;
  private final long skipLimit;
  private final Set<Class<? extends Exception>> retryable;
  private final long retries;

  private ChunkStep(Builder<I, O> settings) {
    this.name = settings.name;
    this.partitioning = settings.partitioning;
    this.chunk = settings.chunk;
    this.reader = Objects.requireNonNull(settings.reader, "a step of chunks needs a reader");
    this.processor = settings.processor;
    this.writer = Objects.requireNonNull(settings.writer, "a step of chunks needs a writer");
    this.skippable = Set.copyOf(settings.skippable);
    this.skipLimit = settings.skipLimit;
    this.retryable = Set.copyOf(settings.retryable);
    this.retries = settings.retries;
  }

  /**
   * Begins to describe a step.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public static <I, O> Builder<I, O> named(String name) {
    return new Builder<>(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Partitioning partitioning() {
    return partitioning;
  }

  /** How many items make a chunk. */
  public int chunk() {
    return chunk;
  }

  public ItemReader<? extends I> reader(PartitionContext context) {
    return reader.apply(context);
  }

  /** Null if what is read is what is written. */
  public @Nullable ItemProcessor<? super I, ? extends O> processor(PartitionContext context) {
    return processor == null ? null : processor.apply(context);
  }

  public ItemWriter<? super O> writer(PartitionContext context) {
    return writer.apply(context);
  }

  /** Items that fail with one of these are left out, and kept in the list of what was skipped. */
  public Set<Class<? extends Exception>> skippable() {
    return skippable;
  }

  /** How many items of a partition may be left out before it fails. */
  public long skipLimit() {
    return skipLimit;
  }

  /** Chunks that fail with one of these are tried again. */
  public Set<Class<? extends Exception>> retryable() {
    return retryable;
  }

  /** How often an item is tried again. */
  public long retries() {
    return retries;
  }

  /** Describes a step. For one thread. */
  public static final class Builder<I, O> {

    private final String name;
    private final Set<Class<? extends Exception>> skippable = new HashSet<>();
    private final Set<Class<? extends Exception>> retryable = new HashSet<>();
    private Partitioning partitioning = Partitioning.NONE;
    private int chunk = USUAL_CHUNK;
    private long skipLimit;
    private long retries;

    private @Nullable Function<? super PartitionContext, ? extends ItemReader<? extends I>> reader;

    private @Nullable
        Function<? super PartitionContext, ? extends ItemProcessor<? super I, ? extends O>>
        processor;

    private @Nullable Function<? super PartitionContext, ? extends ItemWriter<? super O>> writer;

    private Builder(String name) {
      Names.require("step", name, Names.LONGEST_STEP);
      this.name = name;
    }

    /** Divides the work; without it one process does all of it. */
    public Builder<I, O> partitions(Partitioning partitioning) {
      this.partitioning = partitioning;
      return this;
    }

    /**
     * How many items make a chunk, 500 unless it is said.
     *
     * @throws IllegalArgumentException if it is not 1 to 100,000
     */
    public Builder<I, O> chunk(int items) {
      if (items < 1 || items > LARGEST_CHUNK) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "a chunk has 1 to %,d items, not %,d", LARGEST_CHUNK, items));
      }
      this.chunk = items;
      return this;
    }

    /** What reads the items of a partition, always in the same order. */
    public Builder<I, O> reader(
        Function<? super PartitionContext, ? extends ItemReader<? extends I>> reader) {
      this.reader = reader;
      return this;
    }

    /** What makes of an item what is written, or null if nothing is. */
    public Builder<I, O> processor(
        Function<? super PartitionContext, ? extends ItemProcessor<? super I, ? extends O>>
            processor) {
      this.processor = processor;
      return this;
    }

    /** What writes a chunk. */
    public Builder<I, O> writer(
        Function<? super PartitionContext, ? extends ItemWriter<? super O>> writer) {
      this.writer = writer;
      return this;
    }

    /**
     * Leaves out items that fail so, and keeps them in a list. Called again, it adds a failure.
     *
     * @param limit how many of a partition, before it fails; the last one counts
     * @throws IllegalArgumentException if it is negative
     */
    public Builder<I, O> skip(long limit, Class<? extends Exception> failure) {
      if (limit < 0) {
        throw new IllegalArgumentException(
            "a step leaves out 0 items or more, not %d".formatted(limit));
      }
      this.skipLimit = limit;
      skippable.add(failure);
      return this;
    }

    /**
     * Tries again what fails so, at once. Called again, it adds a failure.
     *
     * @param times how often; the last one counts
     * @throws IllegalArgumentException if it is negative
     */
    public Builder<I, O> retry(long times, Class<? extends Exception> failure) {
      if (times < 0) {
        throw new IllegalArgumentException(
            "a step tries again 0 times or more, not %d".formatted(times));
      }
      this.retries = times;
      retryable.add(failure);
      return this;
    }

    /**
     * The step.
     *
     * @throws NullPointerException if it has no reader or no writer
     */
    public ChunkStep<I, O> build() {
      return new ChunkStep<>(this);
    }
  }
}
