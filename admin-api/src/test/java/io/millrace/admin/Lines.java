package io.millrace.admin;

import java.util.Queue;
import java.util.concurrent.Flow;

/** The lines of an answer, as they come. */
record Lines(Queue<String> lines) implements Flow.Subscriber<String> {

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    lines.add(line);
  }

  @Override
  public void onError(Throwable failure) {
    lines.add("failed: " + failure);
  }

  @Override
  public void onComplete() {
    lines.add("complete");
  }
}
