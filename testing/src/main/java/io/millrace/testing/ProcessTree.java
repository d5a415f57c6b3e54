package io.millrace.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and all that it started, as one thing to kill, to stop and to continue. */
record ProcessTree(ProcessHandle root) {

  private static final Duration GONE_LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 20;

  /** SIGKILL for all; returns when they are gone. */
  void kill() {
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ProcessTree::awaitEnd);
  }

  /** SIGSTOP: none of them does anything any more, and their sockets stay open. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("CONT");
  }

  /** The root first, so that it cannot start others meanwhile. */
  List<ProcessHandle> all() {
    return Stream.concat(Stream.of(root), root.descendants()).toList();
  }

  /** A child may end by itself between the look and the signal: that is no failure. */
  private void signal(String name) {
    for (ProcessHandle process : all()) {
      int status = call("kill", "-" + name, Long.toString(process.pid()));
      if (status != 0 && process.isAlive()) {
        throw new TestServerException(
            "kill -%s %d ended with %d".formatted(name, process.pid(), status));
      }
    }
  }

  private static int call(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new TestServerException("cannot call kill; this test needs Linux or macOS", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestServerException("interrupted while a process was signalled", e);
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    long end = System.nanoTime() + GONE_LIMIT.toNanos();
    try {
      while (!isGone(process)) {
        if (System.nanoTime() > end) {
          throw new TestServerException("process %d does not end".formatted(process.pid()));
        }
        try {
          process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          continue; // perhaps it has ended, and its parent has not collected it
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new TestServerException("cannot wait for process " + process.pid(), e);
    }
  }

  /** One that has ended and that its parent has not collected yet has no command any more. */
  private static boolean isGone(ProcessHandle process) {
    return !process.isAlive() || process.info().command().isEmpty();
  }
}
