package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.JobState;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.JobCancellation;
import io.millrace.standalone.engine.PartnerHandlers.Mood;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of jobs whose partner is down, busy, or slow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitIT {

  private EngineUnderTest engine;
  private int round;

  @BeforeAll
  void start() throws InterruptedException {
    engine =
        new EngineUnderTest(
            PartnerHandlers.class,
            "--millrace.retry.first-delay=50ms",
            "--millrace.retry.ceiling=500ms",
            "--millrace.retry.attempts=50",
            "--millrace.tenants.spokesmen=*",
            "--millrace.dependencies.partner.calls=20",
            "--millrace.dependencies.partner.waiting=300",
            "--millrace.dependencies.partner.circuit.open-for=300ms",
            "--millrace.dependencies.partner.circuit.open-for-at-most=1s",
            "--millrace.dependencies.single.calls=1",
            "--millrace.dependencies.hosts.circuit.least=5",
            "--millrace.dependencies.hosts.circuit.open-for=300ms");
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @BeforeEach
  void reset() {
    PartnerHandlers.reset();
    engine.jdbc().sql("DELETE FROM job").update();
    engine.jdbc().sql("DELETE FROM dependency").update();
    round++;
  }

  @Test
  void callsOnlyToProbeWhileThePartnerIsDown() throws Exception {
    PartnerHandlers.mood = Mood.DOWN;
    ask(0, 1_000);
    EngineUnderTest.await(() -> circuit("partner").equals("OPEN"));
    EngineUnderTest.await(() -> openings("partner") >= 2);
    EngineUnderTest.await(() -> PartnerHandlers.CALLING.get() == 0);

    int callsBefore = PartnerHandlers.CALLS.get();
    int openingsBefore = openings("partner");
    int failuresBefore = failures();
    EngineUnderTest.await(() -> openings("partner") >= openingsBefore + 3);
    int probes = PartnerHandlers.CALLS.get() - callsBefore;
    int openings = openings("partner") - openingsBefore;

    assertThat(probes).isBetween(openings - 1, openings + 1);
    assertThat(failures() - failuresBefore).as("attempts that were spent").isZero();
    assertThat(count("state = 'FAILED'")).isZero();

    PartnerHandlers.mood = Mood.WELL;
    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == 1_000);

    assertThat(circuit("partner")).isEqualTo("CLOSED");
    assertThat(PartnerHandlers.MOST_CALLING.get()).isLessThanOrEqualTo(20);
  }

  @Test
  void leavesAloneWhoAsksForIt() throws Exception {
    PartnerHandlers.mood = Mood.BUSY;
    ask(0, 1);
    EngineUnderTest.await(() -> PartnerHandlers.CALLS.get() == 1);
    EngineUnderTest.await(() -> resting("partner"));
    PartnerHandlers.mood = Mood.WELL;
    ask(1, 200);

    int callsMeanwhile = callsWhileResting();
    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == 201);

    assertThat(callsMeanwhile).as("calls until the rest was over").isEqualTo(1);
    assertThat(failures()).isEqualTo(1);
    assertThat(
            engine
                .jdbc()
                .sql("SELECT count(*) FROM dependency WHERE circuit <> 'CLOSED'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void oneHostDoesNotHinderAnother() throws Exception {
    for (int i = 0; i < 20; i++) {
      publish("test.tell", "default", "down-" + i, 0);
    }
    EngineUnderTest.await(() -> circuit("hosts/host-0").equals("OPEN"));
    for (int host = 1; host <= 50; host++) {
      publish("test.tell", "default", "host-" + host, host);
    }

    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == 50);
    EngineUnderTest.await(
        () -> count("wait_reason = 'PARKED' AND dependency = 'hosts/host-0'") >= 18);
  }

  @Test
  void neverMakesTheCallOfAJobThatWasCancelledWhileItWaited() throws Exception {
    publish("test.single", "default", "first", 1);
    EngineUnderTest.await(() -> PartnerHandlers.CALLS.get() == 1);
    publish("test.single", "default", "second", 2);
    EngineUnderTest.await(() -> engine.state(name("second")) == JobState.RUNNING);

    engine.bean(JobCancellation.class).cancel(engine.job(name("second")).id());
    EngineUnderTest.await(() -> count("state = 'CANCELLED' AND NOT announce_due") == 1);
    publish("test.single", "default", "third", 3);
    PartnerHandlers.SINGLE.countDown();

    EngineUnderTest.await(() -> engine.state(name("third")) == JobState.SUCCEEDED);
    assertThat(PartnerHandlers.CALLS).as("the first and the third").hasValue(2);
  }

  @Test
  void failsWhatNamesNoDependency() throws Exception {
    publish("test.tell", "default", "nobody", -1);

    EngineUnderTest.await(() -> engine.state(name("nobody")) == JobState.FAILED);
    assertThat(engine.job(name("nobody")).ending().failure())
        .satisfies(failure -> assertThat(failure.message()).isEqualTo("there is no host -1"));
  }

  @Test
  void servesTheTenantsInTurnWhenTheyComeBack() throws Exception {
    PartnerHandlers.mood = Mood.DOWN;
    for (int i = 0; i < 600; i++) {
      publish("test.tell", "acme", "acme-" + i, 7);
    }
    EngineUnderTest.await(() -> circuit("hosts/host-7").equals("OPEN"));
    for (int i = 0; i < 10; i++) {
      publish("test.tell", "zebra", "zebra-" + i, 7);
    }
    EngineUnderTest.await(() -> count("wait_reason = 'PARKED'") >= 605);
    PartnerHandlers.mood = Mood.WELL;

    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == 610);

    assertThat(PartnerHandlers.ANSWERED.subList(0, 200).stream().filter("zebra"::equals))
        .hasSize(10);
  }

  @Test
  void callsNobodyWhileAnOperatorHasForcedTheCircuitOpen() throws Exception {
    DependencyKey key = new DependencyKey("hosts/host-9");
    DependencyStore dependencies = engine.bean(DependencyStore.class);
    dependencies.force(key, Circuit.OPEN, "mara", "they asked us to stop");
    int[] early = {0};
    EngineUnderTest.await(
        () -> {
          publish("test.tell", "default", "early-" + early[0]++, 9);
          return count("wait_reason = 'PARKED'") > 0;
        });
    EngineUnderTest.await(
        () -> count("state = 'RUNNING'") == 0 && PartnerHandlers.CALLING.get() == 0);
    int callsBefore = PartnerHandlers.CALLS.get();

    for (int i = 0; i < 20; i++) {
      publish("test.tell", "default", "forced-" + i, 9);
    }
    EngineUnderTest.await(
        () -> count("wait_reason = 'PARKED' AND message_id LIKE '%forced%'") == 20);

    assertThat(PartnerHandlers.CALLS).as("calls").hasValue(callsBefore);
    assertThat(failures()).as("attempts that were spent").isZero();
    assertThat(dependencies.automatic(key)).isTrue();
    EngineUnderTest.await(() -> count("state = 'SUCCEEDED' AND message_id LIKE '%forced%'") == 20);
    assertThat(circuit("hosts/host-9")).isEqualTo("CLOSED");
  }

  @Test
  void callsOnWhileAnOperatorHasForcedTheCircuitClosed() throws Exception {
    DependencyKey key = new DependencyKey("partner");
    DependencyStore dependencies = engine.bean(DependencyStore.class);
    dependencies.force(key, Circuit.CLOSED, "mara", "it is their monitor that fails");
    PartnerHandlers.mood = Mood.DOWN;
    ask(0, 50);

    EngineUnderTest.await(() -> PartnerHandlers.CALLS.get() > 150);

    assertThat(circuit("partner")).isEqualTo("CLOSED");
    assertThat(count("wait_reason = 'PARKED'")).isZero();
    PartnerHandlers.mood = Mood.WELL;
    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == 50);
    assertThat(dependencies.automatic(key)).isTrue();
  }

  private void ask(int from, int jobs) {
    for (int i = from; i < from + jobs; i++) {
      publish("test.ask", "default", "job-" + i, i);
    }
  }

  private void publish(String type, String tenant, String messageId, int number) {
    engine
        .publisher()
        .job(type)
        .tenant(tenant)
        .messageId(name(messageId))
        .payload(new PartnerHandlers.Question(number))
        .publish();
  }

  /** Message ids are a test's own: the outcomes of one test's jobs are none of another's. */
  private String name(String messageId) {
    return round + "-" + messageId;
  }

  private String circuit(String key) {
    return engine
        .jdbc()
        .sql("SELECT circuit FROM dependency WHERE key = :key")
        .param("key", key)
        .query(String.class)
        .optional()
        .orElse("");
  }

  private int openings(String key) {
    return engine
        .jdbc()
        .sql("SELECT openings FROM dependency WHERE key = :key")
        .param("key", key)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  private boolean resting(String key) {
    return engine
            .jdbc()
            .sql(
                "SELECT count(*) FROM dependency WHERE key = :key AND rest_until > clock_timestamp()")
            .param("key", key)
            .query(Integer.class)
            .single()
        == 1;
  }

  private int count(String condition) {
    return engine.count("message_id LIKE '%d-%%' AND %s".formatted(round, condition));
  }

  /** As of the last moment that is known to have been before the end of the rest. */
  private int callsWhileResting() throws InterruptedException {
    int[] calls = {0};
    EngineUnderTest.await(
        () -> {
          int now = PartnerHandlers.CALLS.get();
          if (!resting("partner")) {
            return true;
          }
          calls[0] = now;
          return false;
        });
    return calls[0];
  }

  private int failures() {
    return engine.jdbc().sql("SELECT count(*) FROM job_attempt").query(Integer.class).single();
  }
}
