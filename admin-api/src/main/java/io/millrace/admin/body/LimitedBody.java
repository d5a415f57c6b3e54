package io.millrace.admin.body;

import io.millrace.admin.problem.BodyTooLargeException;
import io.millrace.admin.problem.BodyTooSlowException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A body that ends with an exception where it is too large, or takes too long. For one thread. */
final class LimitedBody extends ServletInputStream {

  private final ServletInputStream body;
  private final BodyProperties limits;
  private final long begun = System.nanoTime();
  private long read;

  LimitedBody(ServletInputStream body, BodyProperties limits) {
    this.body = body;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    int next = body.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = body.read(into, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int more) throws IOException {
    read += more;
    if (read > limits.maxSize().toBytes()) {
      throw new BodyTooLargeException(limits.maxSize());
    }
    // One byte now and then resets the time limit of each single read, and not this one.
    if (System.nanoTime() - begun > limits.timeLimit().toNanos()) {
      throw new BodyTooSlowException(limits.timeLimit());
    }
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
