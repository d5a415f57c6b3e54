package io.millrace.core.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The limits in PostgreSQL, in the time of its clock. */
public final class JdbcLimitStore implements LimitStore {

  // Locks what it inserts, sorted, before any other row is locked: so two of these wait for each
  // other in one order only.
  private static final String ADD =
      """
      INSERT INTO rate_limit (key)
      SELECT u.key FROM unnest(:key::text[]) AS u (key)
      WHERE NOT EXISTS (SELECT FROM rate_limit known WHERE known.key = u.key)
      ORDER BY u.key
      ON CONFLICT DO NOTHING
      """;

  // Locks the rows, sorted, by the primary key. The clock is read when they are locked: a reading
  // from before could be from before
  // another's commit. Answers at least one row.
  private static final String LOCK =
      """
      WITH locked AS MATERIALIZED (
        SELECT key, windows, arrivals FROM rate_limit WHERE key = ANY (:key::text[]) ORDER BY key FOR UPDATE)
      SELECT u.place, coalesce(locked.windows, '{}') AS windows,
        ARRAY(SELECT (extract(epoch FROM arrival) * 1000000)::bigint
          FROM unnest(locked.arrivals) WITH ORDINALITY AS a (arrival, place) ORDER BY place) AS arrivals,
        (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now
      FROM unnest(:key::text[]) WITH ORDINALITY AS u (key, place) LEFT JOIN locked ON locked.key = u.key
      """;

  // Rows that this transaction has locked, by the primary key.
  private static final String BOOK =
      """
      UPDATE rate_limit SET windows = u.windows::text[],
        arrivals = ARRAY(SELECT from_micros(micros)
          FROM unnest(u.arrivals::bigint[]) WITH ORDINALITY AS a (micros, place) ORDER BY place)
      FROM unnest(:key::text[], :windows::text[], :arrivals::text[]) AS u (key, windows, arrivals)
      WHERE rate_limit.key = u.key
      """;

  // Reads the whole table, which has a row for each key in use; passes over rows that are locked,
  // for those are in use.
  private static final String FORGET_IDLE =
      """
      DELETE FROM rate_limit WHERE key IN (
        SELECT key FROM rate_limit
        WHERE NOT EXISTS (SELECT FROM unnest(arrivals) AS arrival WHERE arrival >= clock_timestamp() - interval '1 minute')
        FOR UPDATE SKIP LOCKED)
      """;

  private record Locked(SlotRequest request, LimitState state, Instant now) {}

  private record Booked(String key, LimitState state) {}

  private final JdbcClient jdbc;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the monotonic clock, as {@link System#nanoTime}
   */
  public JdbcLimitStore(JdbcClient jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
  }

  @Override
  public Reservation reserve(Collection<SlotRequest> requests) {
    add(requests);
    long sent = nanoTime.getAsLong();
    List<Locked> locked = lock(requests);
    long received = nanoTime.getAsLong();
    Instant now = locked.stream().map(Locked::now).max(Comparator.naturalOrder()).orElseThrow();
    Map<String, Portion> portions = new HashMap<>();
    List<Booked> booked = new ArrayList<>();
    for (Locked row : locked) {
      SlotRequest request = row.request();
      Pace.Booking booking = Pace.of(request.limits()).book(row.state(), now, request.calls());
      if (portions.put(request.key(), booking.portion()) != null) {
        throw new IllegalArgumentException(request.key() + " was asked for twice at once");
      }
      if (!booking.state().equals(row.state())) {
        booked.add(new Booked(request.key(), booking.state()));
      }
    }
    book(booked);
    return new Reservation(new ClockReading(sent, now, received), portions);
  }

  private void add(Collection<SlotRequest> requests) {
    jdbc.sql(ADD).param("key", texts(requests, SlotRequest::key)).update();
  }

  private List<Locked> lock(Collection<SlotRequest> requests) {
    List<SlotRequest> inOrder = List.copyOf(requests);
    return jdbc.sql(LOCK)
        .param("key", texts(inOrder, SlotRequest::key))
        .query(
            (row, _) ->
                new Locked(
                    inOrder.get(row.getInt("place") - 1),
                    state(row),
                    fromMicros(row.getLong("now"))))
        .list();
  }

  private void book(List<Booked> booked) {
    if (booked.isEmpty()) {
      return;
    }
    List<List<Map.Entry<RateLimit, Instant>>> arrivals =
        booked.stream().map(row -> List.copyOf(row.state().arrivals().entrySet())).toList();
    jdbc.sql(BOOK)
        .param("key", texts(booked, Booked::key))
        .param("windows", texts(arrivals, row -> array(row, Map.Entry::getKey)))
        .param("arrivals", texts(arrivals, row -> array(row, each -> micros(each.getValue()))))
        .update();
  }

  @Override
  public int forgetIdle() {
    return jdbc.sql(FORGET_IDLE).update();
  }

  private static LimitState state(ResultSet row) throws SQLException {
    String[] windows = (String[]) row.getArray("windows").getArray();
    Long[] arrivals = (Long[]) row.getArray("arrivals").getArray();
    Map<RateLimit, Instant> state = new HashMap<>();
    for (int i = 0; i < windows.length; i++) {
      state.put(RateLimit.of(windows[i]), fromMicros(arrivals[i]));
    }
    return new LimitState(state);
  }

  private static <T> String[] texts(Collection<T> rows, Function<? super T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /** As PostgreSQL writes an array; of values that need no quotes. */
  private static <T> String array(List<T> values, Function<? super T, ?> text) {
    return values.stream()
        .map(value -> String.valueOf(text.apply(value)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant fromMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
