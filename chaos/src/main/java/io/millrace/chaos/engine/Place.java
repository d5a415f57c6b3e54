package io.millrace.chaos.engine;

import io.millrace.core.Pause;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in the engine that is to have a process: after the end of one comes another. The logs of
 * all of them are kept. Thread-safe; one thing is done to a place at a time.
 */
public final class Place {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final String startedLine;
  private final Supplier<PrivateProcess> start;
  private final Path logs;
  private @Nullable PrivateProcess process;
  private int lives;

  /**
   * @param startedLine what it writes when it has started
   * @param logs the folder for its logs
   */
  Place(String name, String startedLine, Supplier<PrivateProcess> start, Path logs) {
    this.name = name;
    this.startedLine = startedLine;
    this.start = start;
    this.logs = logs;
  }

  public String name() {
    return name;
  }

  void fill() {
    lock.lock();
    try {
      if (process == null) {
        process = start.get();
        lives++;
      }
    } finally {
      lock.unlock();
    }
  }

  void awaitLine(String line) {
    lock.lock();
    try {
      present().awaitLine(line, START_LIMIT);
    } finally {
      lock.unlock();
    }
  }

  /** SIGKILL, and another process takes the place. */
  public void killAndReplace() {
    lock.lock();
    try {
      clear();
      fill();
    } finally {
      lock.unlock();
    }
  }

  /**
   * SIGTERM, and another process takes the place when the first has ended.
   *
   * @throws TestServerException if it does not end
   */
  public void stopAndReplace() {
    lock.lock();
    try {
      stop();
      fill();
    } finally {
      lock.unlock();
    }
  }

  /** SIGSTOP, and SIGCONT after {@code time}. */
  public void freeze(Duration time) throws InterruptedException {
    lock.lock();
    try {
      PrivateProcess frozen = present();
      if (frozen.isAlive()) {
        frozen.pause();
        try {
          Pause.THREAD.rest(time);
        } finally {
          frozen.resume();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * SIGTERM; returns when it has ended.
   *
   * @throws TestServerException if it does not end
   */
  void stop() {
    lock.lock();
    try {
      if (process != null) {
        process.terminate();
        process.awaitExit(STOP_LIMIT);
        clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /** SIGKILL. */
  void clear() {
    lock.lock();
    try {
      if (process != null) {
        process.kill();
        keepLog(process.lines());
        process.close();
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Replaces a process that has ended without being asked, unless something is done to the place.
   *
   * @return what is to be said of it, or null
   */
  @Nullable SelfEnded reviveIfEnded() {
    if (!lock.tryLock()) {
      return null;
    }
    try {
      if (process == null || process.isAlive()) {
        return null;
      }
      boolean hadStarted = process.lines().stream().anyMatch(line -> line.contains(startedLine));
      SelfEnded ended = new SelfEnded(log().getFileName().toString(), hadStarted);
      clear();
      fill();
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A process that ended by itself.
   *
   * @param log its log
   * @param hadStarted whether it was at work; one that starts while its database is away ends
   */
  record SelfEnded(String log, boolean hadStarted) {}

  private PrivateProcess present() {
    return Objects.requireNonNull(process, () -> name + " has no process");
  }

  private Path log() {
    return logs.resolve("%s-%d.log".formatted(name.replace(' ', '-'), lives));
  }

  private void keepLog(List<String> lines) {
    try {
      Files.write(log(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the log of " + name, e);
    }
  }
}
