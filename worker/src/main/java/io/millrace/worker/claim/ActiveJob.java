package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.handler.Progress;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.http.CallRecord;
import io.millrace.worker.intake.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A job that this worker has at hand. Its fields are written by one step at a time, each of which
 * hands it on to the next through a queue; when its handler began and whether it has ended are read
 * meanwhile.
 */
public final class ActiveJob {

  private final JobId id;
  private final Job.Order order;
  private final RegisteredHandler handler;
  private final Object input;
  private final Instant arrivedAt;
  private final boolean redelivered;
  private Instant createdAt;
  private LeaseToken token;
  private Setbacks setbacks = Setbacks.NONE;
  private boolean recorded;
  private boolean shares;
  private boolean othersGoFirst;
  private volatile @Nullable Instant startedAt;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private volatile boolean leftToDispatcher;
  private volatile @Nullable Progress reported;
  private volatile @Nullable LetGo letGo;
  private volatile @Nullable Supplier<CallRecord> lastCall;
  private volatile @Nullable Duration rest;

  /** A job that its row says is ours. */
  static ActiveJob recorded(Job job, RegisteredHandler handler, Object input, Delivery delivery) {
    Standing standing = job.standing();
    UUID owner = Objects.requireNonNull(standing.owner(), "a running job has an owner");
    ActiveJob active =
        new ActiveJob(
            job.order(), handler, input, delivery, new LeaseToken(owner, standing.attempt()));
    active.recordedAs(standing, job.setbacks(), job.times().createdAt());
    return active;
  }

  /**
   * @param token under which it runs if it turns out to be new
   */
  ActiveJob(
      Job.Order order,
      RegisteredHandler handler,
      Object input,
      Delivery delivery,
      LeaseToken token) {
    this.id = JobId.of(order.tenant(), order.messageId());
    this.order = order;
    this.handler = handler;
    this.input = input;
    this.arrivedAt = delivery.arrivedAt();
    this.createdAt = arrivedAt;
    this.redelivered = delivery.redelivered();
    this.token = token;
  }

  public JobId id() {
    return id;
  }

  public Job.Order order() {
    return order;
  }

  public RegisteredHandler handler() {
    return handler;
  }

  /** What the handler takes. */
  public Object input() {
    return input;
  }

  /** When its first delivery came. */
  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** When it was accepted, as its row says if there is one. */
  public Instant createdAt() {
    return createdAt;
  }

  /** The lease under which this worker runs it. */
  public LeaseToken token() {
    return token;
  }

  /** Whether there is a row that says so. */
  public boolean isRecorded() {
    return recorded;
  }

  /** When its handler began. Only for a job whose handler has. */
  public Instant mustHaveStartedAt() {
    return Objects.requireNonNull(startedAt, "the handler has begun");
  }

  /** When its handler began, or {@code otherwise} if it has not. */
  Instant startedAtOr(Instant otherwise) {
    Instant at = startedAt;
    return at == null ? otherwise : at;
  }

  /** Its handler begins. */
  public void started(Instant at) {
    startedAt = at;
  }

  /** Its handler has ended. */
  public void ended() {
    ended = true;
  }

  /** Its handler is to stop. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether its handler is to stop. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Its handler says how far it is. */
  public void report(Progress progress) {
    reported = progress;
  }

  /** What its handler has said last; null if nothing. */
  public @Nullable Progress reported() {
    return reported;
  }

  /**
   * It was let go to call what it depends upon.
   *
   * @param still whether it is still to call, when its handler is about to begin
   */
  public void letGo(DependencyKey dependency, BooleanSupplier still) {
    letGo = new LetGo(dependency, still);
  }

  /** What it was to call, if that is not to be called any more since it was let go. */
  public Optional<DependencyKey> calledOff() {
    LetGo how = letGo;
    return how == null || how.still().getAsBoolean()
        ? Optional.empty()
        : Optional.of(how.dependency());
  }

  private record LetGo(DependencyKey dependency, BooleanSupplier still) {}

  /** Its handler has called somebody. */
  public void called(Supplier<CallRecord> call) {
    lastCall = call;
  }

  /** What its handler has sent last, and what came back; null if it has called nobody. */
  public @Nullable CallRecord lastCall() {
    Supplier<CallRecord> last = lastCall;
    return last == null ? null : last.get();
  }

  /** Whom it has called asks everybody to leave it alone for {@code time}. */
  public void askedToRest(Duration time) {
    rest = time;
  }

  /** For how long whom it has called asks to be left alone; null if it does not. */
  public @Nullable Duration rest() {
    return rest;
  }

  /** Its message is acknowledged before its end: the dispatcher announces that. */
  public void leaveToDispatcher() {
    leftToDispatcher = true;
  }

  /** Whether the dispatcher announces its end. */
  public boolean isLeftToDispatcher() {
    return leftToDispatcher;
  }

  /** Whether its handler has been running since {@code limit} or longer, and still is. */
  public boolean isRunningSince(Instant limit) {
    Instant at = startedAt;
    return at != null && !at.isAfter(limit) && !ended;
  }

  /** Tenants have shares of its type. */
  void shares() {
    shares = true;
  }

  /** In whose line it waits for a thread: its tenant's, or the one of all types without shares. */
  public String line() {
    return shares ? order.tenant() : "";
  }

  /** Its tenant had its share at hand when it came. */
  void letOthersGoFirst() {
    othersGoFirst = true;
  }

  /** Whether its tenant had its share at hand when it came. */
  boolean doOthersGoFirst() {
    return othersGoFirst;
  }

  /** What had gone wrong with it before this attempt. */
  public Setbacks setbacks() {
    return setbacks;
  }

  /** There is a row that says that this worker runs it under {@link #token}. */
  public void recorded() {
    recorded = true;
  }

  /** There is a row that says that this worker runs it so. */
  void recordedAs(Standing running, Setbacks before, Instant created) {
    UUID owner = Objects.requireNonNull(running.owner(), "a running job has an owner");
    token = new LeaseToken(owner, running.attempt());
    setbacks = before;
    createdAt = created;
    recorded = true;
  }

  /**
   * Whether it may run before it is recorded and be written once, when it has ended. Only what may
   * run again without anybody noticing, comes for the first time, and waits for nothing and nobody.
   */
  public boolean maySkipItsFirstWrite() {
    JobOptions options = order.options();
    return handler.kind() == HandlerKind.CALCULATION
        && !redelivered
        && !othersGoFirst
        && options.notBefore() == null
        && options.deadline() == null
        && options.uniqueKey() == null
        && options.concurrencyKey() == null;
  }
}
