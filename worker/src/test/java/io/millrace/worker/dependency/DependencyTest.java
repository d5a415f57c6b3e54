package io.millrace.worker.dependency;

import static io.millrace.worker.claim.ActiveJobFixture.anActiveJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.dependency.DependencySettings.CircuitSettings;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.signal.WorkerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DependencyTest {

  private static final DependencyKey KEY = new DependencyKey("bureau");
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] RESULT = {'1'};

  private final RegisteredHandler handler =
      new HandlerRegistry(List.of(new Ask()), new FailureClassifier(Set.of()))
          .find(new JobType("test.ask"))
          .orElseThrow();
  private final FakeWays ways = new FakeWays();
  private long nanos;
  private final Dependency dependency =
      new Dependency(
          KEY,
          settings(
              3,
              4,
              new CircuitSettings(
                  10,
                  4,
                  50,
                  100,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(1))),
          ways,
          () -> nanos);

  @Handles("test.ask")
  @Calls("bureau")
  static final class Ask implements Integration<String, String> {
    @Override
    public String call(String input, CallContext context) {
      return input;
    }
  }

  @Test
  void makesAsManyCallsAtATimeAsItMay() {
    add(7);
    assertThat(ways.calls).containsExactly("0", "1", "2");
    assertThat(ways.parked).isEmpty();

    end("1", succeeded());

    assertThat(ways.calls).containsExactly("0", "1", "2", "3");
  }

  @Test
  void parksTheLastOfWhatIsTooMuchToWaitFor() {
    add(9);

    assertThat(ways.calls).hasSize(3);
    assertThat(ways.parked).containsExactly("7", "8");
    assertThat(ways.parkedFor).allMatch(Duration::isPositive);
  }

  @Test
  void callsNobodyWhileOthersMayTakeThisWorkerForDead() {
    ways.mayCall = false;
    add(2);
    assertThat(ways.calls).isEmpty();

    ways.mayCall = true;
    ways.runPlanned();

    assertThat(ways.calls).hasSize(2);
  }

  @Test
  void waitsForItsLimitWithoutAThreadAndWithOneLookPlanned() {
    ways.waitFor = 20;
    add(4);
    dependency.look();
    dependency.look();
    assertThat(ways.calls).isEmpty();
    assertThat(ways.planned).hasSize(1);

    ways.waitFor = 0;
    ways.runPlanned();

    assertThat(ways.calls).hasSize(3);
  }

  @Test
  void opensTheCircuitWhenTooManyCallsFail() {
    fail(4);

    assertThat(ways.circuits.opened).containsExactly(Circuit.CLOSED);
  }

  @Test
  void whatAHandlerDoesWrongSaysNothingAboutTheOtherSide() {
    for (int i = 0; i < 20; i++) {
      run("bug-" + i, new Outcome.Failed(Mishap.Failed.forNow(why())));
      run("refused-" + i, new Outcome.Failed(Mishap.Failed.forGood(why())));
    }

    assertThat(ways.circuits.opened).isEmpty();
  }

  @Test
  void parksEverythingWhileTheCircuitIsOpen() {
    ways.circuits.view = view(Circuit.OPEN, 1_000);
    add(3);

    assertThat(ways.calls).isEmpty();
    assertThat(ways.parked).hasSize(3);
  }

  @Test
  void makesOneCallAsTheProbeAndParksTheOthers() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(3);
    assertThat(ways.circuits.asked).isEqualTo(1);
    assertThat(ways.calls).as("until it is known whose the probe is").isEmpty();

    ways.circuits.view = view(Circuit.HALF_OPEN, 30_000);
    ways.circuits.answer(true);

    assertThat(ways.calls).containsExactly("0");
    assertThat(ways.parked).containsExactly("1", "2");
    end("0", succeeded());
    assertThat(ways.circuits.closed).isEqualTo(1);
  }

  @Test
  void leavesTheProbeToWhoeverHasIt() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(2);

    ways.circuits.view = view(Circuit.HALF_OPEN, 30_000);
    ways.circuits.answer(false);

    assertThat(ways.calls).isEmpty();
    assertThat(ways.parked).hasSize(2);
  }

  @Test
  void asksAgainLaterIfTheDatabaseDidNotAnswer() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(1);
    ways.circuits.answer(false);
    assertThat(ways.circuits.asked).isEqualTo(1);

    nanos += Duration.ofSeconds(2).toNanos();
    ways.runPlanned();

    assertThat(ways.circuits.asked).isEqualTo(2);
  }

  @Test
  void opensAgainWhenItsProbeFailsAndSpendsNoAttempt() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(1);
    ways.circuits.answer(true);
    FinishedJob settled = end("0", failed(null));

    assertThat(ways.circuits.opened).containsExactly(Circuit.HALF_OPEN);
    assertThat(ways.circuits.closed).isZero();
    assertThat(settled.outcome()).isEqualTo(new Outcome.Parked(KEY, Duration.ZERO));
  }

  @Test
  void aProbeThatTheOtherSideRefusesHasFailed() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(1);
    ways.circuits.answer(true);
    Outcome refused =
        new Outcome.Failed(Mishap.Failed.forGood(Failure.of(new IllegalStateException("no"))));

    assertThat(end("0", refused).outcome()).isSameAs(refused);
  }

  @Test
  void restsAtOnceWhenItIsAskedTo() {
    run("asked", failed(Duration.ofSeconds(7)));
    add(2);

    assertThat(ways.calls).containsExactly("asked");
    assertThat(ways.parked).hasSize(2);
    assertThat(ways.circuits.rests).containsExactly(Duration.ofSeconds(7));
    assertThat(ways.circuits.opened).isEmpty();

    nanos += Duration.ofMillis(6_500).toNanos();
    add(1);
    assertThat(ways.calls).as("half a second is waited for here").hasSize(1);
    nanos += Duration.ofMillis(501).toNanos();
    ways.runPlanned();
    assertThat(ways.calls).hasSize(2);
  }

  @Test
  void callsOffWhatWasLetGoButHasNotBegun() {
    add(2);
    assertThat(dependency.isStillToCall(job("0"))).isTrue();

    ways.circuits.view = view(Circuit.OPEN, 1_000);

    assertThat(dependency.isStillToCall(job("0"))).isFalse();
    end("0", new Outcome.Parked(KEY, Duration.ZERO));
    assertThat(ways.circuits.opened).as("it says nothing about the other side").isEmpty();
  }

  @Test
  void aCancelledCallSaysNothingAndACancelledProbeIsMadeAgain() {
    for (int i = 0; i < 20; i++) {
      ActiveJob job = job("cancelled-" + i);
      dependency.add(job);
      job.cancel();
      dependency.ended(new FinishedJob(job, failed(null), BEGAN));
    }
    assertThat(ways.circuits.opened).isEmpty();

    ways.circuits.view = view(Circuit.OPEN, 0);
    ActiveJob probe = job("probe");
    dependency.add(probe);
    ways.circuits.answer(true);
    probe.cancel();
    dependency.ended(new FinishedJob(probe, new Outcome.Fenced(), BEGAN));

    assertThat(ways.circuits.opened).containsExactly(Circuit.HALF_OPEN);
  }

  @Test
  void itsProbeIsStillToCall() {
    ways.circuits.view = view(Circuit.OPEN, 0);
    add(1);
    ways.circuits.view = view(Circuit.HALF_OPEN, 30_000);
    ways.circuits.answer(true);

    assertThat(dependency.isStillToCall(job("0"))).isTrue();
    assertThat(dependency.isStillToCall(job("another"))).isFalse();
  }

  @Test
  void comesBackWithFewCallsAtFirst() {
    Dependency wide =
        new Dependency(KEY, settings(1_000, 1_000, CircuitSettings.DEFAULT), ways, () -> nanos);
    ways.circuits.view = view(Circuit.CLOSED, 0);
    for (int i = 0; i < 100; i++) {
      wide.add(job("wide-" + i));
    }
    assertThat(ways.calls).hasSize(8);

    nanos += Duration.ofSeconds(2).toNanos();
    ways.runPlanned();

    assertThat(ways.calls).hasSize(32);
  }

  @Test
  void parksWhatWaitsWhenItsWorkerStops() {
    add(5);
    ways.closing = true;
    dependency.look();

    assertThat(ways.parked).hasSize(2);
    assertThat(dependency.isEmpty()).isTrue();
  }

  private static DependencySettings settings(int calls, int waiting, CircuitSettings circuit) {
    return new DependencySettings(calls, waiting, List.of(), circuit, HttpSettings.DEFAULT, false);
  }

  private void add(int jobs) {
    for (int i = 0; i < jobs; i++) {
      dependency.add(job(String.valueOf(i)));
    }
  }

  private void fail(int calls) {
    for (int i = 0; i < calls; i++) {
      run("failing-" + i, failed(null));
    }
  }

  private void run(String name, Outcome outcome) {
    ActiveJob job = job(name);
    dependency.add(job);
    dependency.ended(new FinishedJob(job, outcome, BEGAN.plusMillis(5)));
  }

  private FinishedJob end(String name, Outcome outcome) {
    return dependency.ended(new FinishedJob(job(name), outcome, BEGAN.plusMillis(5)));
  }

  private ActiveJob job(String name) {
    ActiveJob job = anActiveJob(handler, "acme", name, name);
    job.started(BEGAN);
    return job;
  }

  private static Outcome succeeded() {
    return new Outcome.Succeeded(RESULT);
  }

  private static Outcome failed(@Nullable Duration retryAfter) {
    return new Outcome.Failed(new Mishap.Failed(why(), false, retryAfter, true));
  }

  private static Failure why() {
    return new Failure("Broken", "no", null);
  }

  private CircuitView view(Circuit circuit, long retryInMillis) {
    return new CircuitView(
        circuit, nanos, nanos + Duration.ofMillis(retryInMillis).toNanos(), nanos);
  }

  /** Remembers what it is told to do. */
  private static final class FakeWays implements Dependency.Ways {

    private final FakeCircuits circuits = new FakeCircuits();
    private final List<String> calls = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();
    private final List<Duration> parkedFor = new ArrayList<>();
    private final Deque<Runnable> planned = new ArrayDeque<>();
    private boolean mayCall = true;
    private boolean closing;
    private long waitFor;

    void runPlanned() {
      List<Runnable> now = List.copyOf(planned);
      planned.clear();
      now.forEach(Runnable::run);
    }

    @Override
    public boolean mayCall() {
      return mayCall;
    }

    @Override
    public boolean isClosing() {
      return closing;
    }

    @Override
    public void call(Dependency dependency, ActiveJob job) {
      calls.add(job.order().messageId());
    }

    @Override
    public void park(DependencyKey key, ActiveJob job, Duration atLeast, String why) {
      parked.add(job.order().messageId());
      parkedFor.add(atLeast);
    }

    @Override
    public void after(long nanos, Runnable look) {
      planned.add(look);
    }

    @Override
    public void tell(WorkerEvent event) {}

    @Override
    public CallRate rate() {
      return _ -> waitFor;
    }

    @Override
    public SharedCircuits circuits() {
      return circuits;
    }
  }

  private static final class FakeCircuits implements SharedCircuits {

    private final List<Circuit> opened = new ArrayList<>();
    private final List<Duration> rests = new ArrayList<>();
    private @Nullable CircuitView view;
    private @Nullable Consumer<Boolean> asking;
    private int asked;
    private int closed;

    void answer(boolean ours) {
      Consumer<Boolean> asker = asking;
      asking = null;
      assertThat(asker).isNotNull();
      if (asker != null) {
        asker.accept(ours);
      }
    }

    @Override
    public @Nullable CircuitView of(DependencyKey key) {
      return view;
    }

    @Override
    public void open(
        DependencyKey key,
        Circuit from,
        CircuitSettings settings,
        String reason,
        Consumer<Boolean> done) {
      opened.add(from);
    }

    @Override
    public void probe(DependencyKey key, Duration patience, Consumer<Boolean> done) {
      asked++;
      asking = done;
    }

    @Override
    public void close(DependencyKey key, Consumer<Boolean> done) {
      closed++;
    }

    @Override
    public void rest(DependencyKey key, Duration rest) {
      rests.add(rest);
    }
  }
}
