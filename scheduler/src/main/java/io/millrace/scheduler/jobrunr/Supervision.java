package io.millrace.scheduler.jobrunr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server of JobRunr working. JobRunr stops its server for good after a few errors of its
 * database, and says so in its log only; a thread of it that is lost to an error is not missed at
 * all. So another server is started when one does not work any more by its own word, or when its
 * heartbeat stands still while the database answers. For one thread.
 */
final class Supervision {

  /** Who has worked for so long is not lost to what those before it were lost to. */
  private static final Duration WELL = Duration.ofMinutes(5);

  private static final int SILENT_POLLS = 6;
  private static final Duration STOP = Duration.ofSeconds(3);

  private final Supplier<JobServer> servers;
  private final JobRunrProperties properties;
  private final JobRunrListener events;
  private final List<JobServer> lost = new ArrayList<>();
  private @Nullable Watched watched;
  private boolean waits; // until nextStart
  private long nextStart;
  private Duration wait;
  private volatile boolean well = true;

  /** A server that was started. Times are of a monotonic clock, in nanoseconds. */
  private static final class Watched {

    final JobServer server;
    final long startedAt;
    @Nullable Instant heartbeat;
    long heardAt;
    long askedAt;

    Watched(JobServer server, long now) {
      this.server = server;
      this.startedAt = now;
      this.heardAt = now;
      this.askedAt = now;
    }
  }

  Supervision(Supplier<JobServer> servers, JobRunrProperties properties, JobRunrListener events) {
    this.servers = servers;
    this.properties = properties;
    this.events = events;
    this.wait = properties.restartAfter();
  }

  /** Whether a server works, as of the last look, or none was lost yet. */
  boolean isWell() {
    return well;
  }

  /**
   * Looks once.
   *
   * @param now by a monotonic clock, in nanoseconds
   */
  void look(long now) {
    lost.stream().filter(JobServer::isRunning).forEach(Supervision::stopAside);
    if (watched != null) {
      check(watched, now);
    } else if (!waits || now - nextStart >= 0) {
      begin(now);
    }
  }

  private void begin(long now) {
    JobServer server = servers.get();
    try {
      server.heartbeat();
    } catch (RuntimeException _) { // no database: it would only stop itself at once
      return;
    }
    server.start();
    watched = new Watched(server, now);
    events.on(new JobRunrEvent.Started());
  }

  private void check(Watched current, long now) {
    if (!current.server.isRunning()) {
      lose(current, "it has stopped itself", now);
      return;
    }
    boolean heard = current.heartbeat != null;
    if (heard && now - current.askedAt < properties.poll().toNanos()) {
      return;
    }
    current.askedAt = now;
    try {
      hear(current, now);
    } catch (RuntimeException _) { // the database does not answer: it cannot be heard
      current.heardAt = now;
    }
  }

  private void hear(Watched current, long now) {
    Instant heartbeat = current.server.heartbeat().orElse(null);
    if (heartbeat == null || heartbeat.equals(current.heartbeat)) {
      Duration silence = Duration.ofNanos(now - current.heardAt);
      if (silence.compareTo(properties.poll().multipliedBy(SILENT_POLLS)) > 0) {
        lose(current, "its heartbeat has stood still for %d s".formatted(silence.toSeconds()), now);
      }
      return;
    }
    if (current.heartbeat == null) {
      well = true;
      events.on(new JobRunrEvent.Working());
    }
    current.heartbeat = heartbeat;
    current.heardAt = now;
    if (now - current.startedAt >= WELL.toNanos()) {
      wait = properties.restartAfter();
    }
  }

  private void lose(Watched current, String why, long now) {
    stopAside(current.server);
    lost.add(current.server); // which may start itself again
    if (lost.size() > 3) {
      lost.removeFirst();
    }
    watched = null;
    well = false;
    waits = true;
    nextStart = now + wait.toNanos();
    events.on(new JobRunrEvent.Lost(why, wait));
    Duration twice = wait.multipliedBy(2);
    Duration most = properties.restartAfterAtMost();
    wait = twice.compareTo(most) < 0 ? twice : most;
  }

  /** For it may take some 20 s: mostly to wait for a thread of its own that waits for it. */
  private static Thread stopAside(JobServer server) {
    return Thread.ofPlatform().name("millrace-jobrunr-stop").daemon().start(server::stop);
  }

  /** Stops the server, and waits a moment for that. */
  void stop() throws InterruptedException {
    Watched current = watched;
    watched = null;
    if (current != null) {
      stopAside(current.server).join(STOP);
    }
  }
}
