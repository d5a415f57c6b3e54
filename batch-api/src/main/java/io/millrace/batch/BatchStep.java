package io.millrace.batch;

/** A step of a batch job: items that are read, processed and written in chunks, or a task. */
public sealed interface BatchStep permits ChunkStep, TaskStep {

  /** Unique in its job: words of a-z and 0-9, joined by '-'; at most 30 characters. */
  String name();

  /** How its work is divided. */
  Partitioning partitioning();
}
