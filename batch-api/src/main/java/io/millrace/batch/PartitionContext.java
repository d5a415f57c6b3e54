package io.millrace.batch;

/** The partition that something is a part of, and its run. */
public record PartitionContext(RunContext run, Partition partition) {}
