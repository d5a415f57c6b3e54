package io.millrace.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    all().forEach(process -> command.add(Long.toString(process.pid())));
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new TestServerException("%s ended with %d".formatted(command, status));
      }
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
