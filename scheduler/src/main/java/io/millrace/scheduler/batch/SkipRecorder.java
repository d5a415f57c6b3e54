package io.millrace.scheduler.batch;

import org.springframework.batch.core.listener.SkipListener;

/** Keeps what is left out. */
final class SkipRecorder implements SkipListener<Object, Object> {

  private final RunStore runs;
  private final ClaimedPartition partition;

  SkipRecorder(RunStore runs, ClaimedPartition partition) {
    this.runs = runs;
    this.partition = partition;
  }

  @Override
  public void onSkipInRead(Throwable failure) {
    runs.skip(partition, "(not read)", FailureText.of(failure));
  }

  @Override
  public void onSkipInProcess(Object item, Throwable failure) {
    runs.skip(partition, item.toString(), FailureText.of(failure));
  }

  @Override
  public void onSkipInWrite(Object item, Throwable failure) {
    runs.skip(partition, item.toString(), FailureText.of(failure));
  }
}
