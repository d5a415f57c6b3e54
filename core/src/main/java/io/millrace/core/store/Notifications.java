package io.millrace.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Waits for what others say by {@code NOTIFY}, on a connection of its own. A notification may be
 * missed, while there is no connection: it hurries what a look at the tables finds in any case. For
 * one thread.
 */
public final class Notifications implements AutoCloseable {

  /** Somebody has written a job that is due. */
  public static final String DUE = "millrace_due";

  /** Somebody has cancelled a job that runs; the payload is its id. */
  public static final String CANCELLED = "millrace_cancelled";

  /** A dependency is down, is probed, is up again, or rests; the payload is its key. */
  public static final String DEPENDENCY = "millrace_dependency";

  /** Something was paused or resumed; the payload is its name. */
  public static final String PAUSE = "millrace_pause";

  private final DataSource source;
  private final String channel;
  private @Nullable Connection connection;

  /**
   * @param channel a constant of this class
   */
  public Notifications(DataSource source, String channel) {
    this.source = source;
    this.channel = channel;
  }

  /**
   * Waits for a notification, but no longer than {@code patience}.
   *
   * @return the payloads that have come; empty if none has
   */
  public List<String> await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      PGNotification[] heard =
          open()
              .unwrap(PGConnection.class)
              .getNotifications(Math.toIntExact(Math.max(1, patience.toMillis())));
      List<String> payloads = new ArrayList<>();
      if (heard != null) {
        for (PGNotification each : heard) {
          payloads.add(each.getParameter());
        }
      }
      return payloads;
    } catch (SQLException _) {
      close();
      rest(deadline);
      return List.of();
    }
  }

  private synchronized void rest(long deadlineNanos) throws InterruptedException {
    long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (left > 0) {
      wait(left);
    }
  }

  private Connection open() throws SQLException {
    if (connection == null) {
      Connection opened = source.getConnection();
      connection = opened;
      opened.setAutoCommit(true);
      try (Statement listen = opened.createStatement()) {
        listen.execute("LISTEN " + channel);
      }
    }
    return connection;
  }

  /** Gives up the connection; the next wait opens another. */
  @Override
  public void close() {
    Connection lost = connection;
    connection = null;
    if (lost != null) {
      try (lost;
          Statement unlisten = lost.createStatement()) {
        unlisten.execute("UNLISTEN " + channel);
      } catch (SQLException _) {
        // It was lost already.
      }
    }
  }
}
