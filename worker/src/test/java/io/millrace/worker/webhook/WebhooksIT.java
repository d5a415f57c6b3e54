package io.millrace.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.InvalidSettingException;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.EndpointUrl;
import io.millrace.core.webhook.KeyRing;
import io.millrace.core.webhook.SigningKey;
import io.millrace.core.webhook.Subscription;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.WorkerUnderTest;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.webhook.ReceivingServer.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Webhooks from the message to a receiver that verifies them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksIT {

  private static final String MASTER = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String OTHER_MASTER = "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHgA=";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String EVENT = "{\"endpoint\":\"%s\",\"type\":\"invoice.paid\",\"data\":%s}";

  private final TestBroker broker = TestBroker.fresh();
  private final TestDatabase database = TestDatabase.fresh();
  private ReceivingServer receiver;
  private WorkerUnderTest worker;

  @BeforeAll
  void start() throws Exception {
    receiver = new ReceivingServer();
    worker = worker("millrace.webhooks.endpoints.orders.url=" + receiver.at("/orders"));
  }

  private WorkerUnderTest worker(String... more) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "millrace.secrets.key=" + MASTER,
                "millrace.http.allow=127.0.0.1:" + receiver.port(),
                "millrace.retry.first-delay=1ms",
                "millrace.retry.attempts=3",
                "millrace.webhooks.endpoints.orders.secrets=" + SECRET));
    settings.addAll(List.of(more));
    return WorkerUnderTest.start(
        broker.amqpUri(),
        database.jdbcUrl(),
        database.user(),
        database.password(),
        settings.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    worker.close();
    receiver.close();
    broker.close();
    database.close();
  }

  @Test
  void deliversASignedWebhook() throws Exception {
    String data = "{\"b\":1.10,\"a\":12345678901234567890123}";
    tell("orders", "success", data);

    Job job = worker.awaitEnd("success", JobState.SUCCEEDED);

    Received got = receivedBy("/orders", job);
    assertThat(got.isSignedBy(SECRET)).isTrue();
    assertThat(got.isSignedBy(NEW_SECRET)).isFalse();
    assertThat(got.body())
        .isEqualTo(
            "{\"type\":\"invoice.paid\",\"timestamp\":\"%s\",\"data\":%s}"
                .formatted(job.times().createdAt(), data));
    assertThat(Math.abs(Instant.now().getEpochSecond() - Long.parseLong(got.timestamp())))
        .isLessThan(60);
    assertThat(new String(Objects.requireNonNull(job.ending().result()), StandardCharsets.UTF_8))
        .matches(
            "\\{\"outcome\":\"DELIVERED\",\"status\":204,\"millis\":\\d+,\"keys\":\\[\"%s\"\\]\\}"
                .formatted(SigningKey.parse(SECRET).id()));
  }

  @Test
  void triesAgainWithTheSameIdAndTheSameBytes() throws Exception {
    create("flaky", receiver.at("/flaky"));
    receiver.answer("/flaky", 500, 404);
    tell("flaky", "again", "1");
    awaitFailure("again", 1);
    dispatch("again");
    awaitFailure("again", 2);
    dispatch("again");

    Job job = worker.awaitEnd("again", JobState.SUCCEEDED);

    List<Received> got = receiver.received("/flaky");
    assertThat(got).hasSize(3).allMatch(each -> each.isSignedBy(SECRET));
    assertThat(got).extracting(Received::id).containsOnly(job.id().toString());
    assertThat(got).extracting(Received::body).containsOnly(got.getFirst().body());
    assertThat(standing("flaky").failingSince()).isNull();
  }

  @Test
  void neverFollowsARedirect() throws Exception {
    create("moved", receiver.at("/moved"));
    receiver.answer("/moved", 307, 307, 307);
    tell("moved", "moved", "1");

    awaitFailure("moved", 1);

    assertThat(
            worker
                .jdbc()
                .sql("SELECT failure_message FROM job_attempt WHERE job_id = :id")
                .param("id", idOf("moved").value())
                .query(String.class)
                .single())
        .contains("answered 307", "change its url");
    assertThat(receiver.received("/elsewhere")).isEmpty();
    assertThat(standing("moved").failingSince()).isNotNull();
  }

  @Test
  void disablesWhoIsGone() throws Exception {
    create("gone", receiver.at("/gone"));
    receiver.answer("/gone", 410);
    tell("gone", "gone-1", "1");

    Job first = worker.awaitEnd("gone-1", JobState.FAILED);
    tell("gone", "gone-2", "2");
    Job second = worker.awaitEnd("gone-2", JobState.FAILED);

    assertThat(message(first)).isEqualTo("the endpoint 'gone' answered 410 Gone and was disabled");
    assertThat(message(second))
        .startsWith("the endpoint 'gone' of tenant 'default' has been disabled since ");
    assertThat(receiver.received("/gone")).hasSize(1);
    assertThat(standing("gone").disabled()).isEqualTo(DisabledReason.GONE);
    assertThat(announceDue("gone")).isTrue();
  }

  @Test
  void disablesWhoHasFailedForDays() throws Exception {
    create("failing", receiver.at("/failing"));
    worker
        .jdbc()
        .sql(
            "UPDATE webhook_endpoint SET failing_since = now() - interval '5 days' WHERE id = 'failing'")
        .update();
    worker.bean(Receivers.class).look();
    receiver.answer("/failing", 503);
    tell("failing", "failing-1", "1");

    worker.await(
        WorkerEvent.EndpointDisabled.class,
        event ->
            event.endpoint().equals(id("failing")) && event.reason() == DisabledReason.FAILING);
    assertThat(announceDue("failing")).isTrue();

    worker.bean(Receivers.class).look();
    tell("failing", "failing-2", "2");
    assertThat(message(worker.awaitEnd("failing-2", JobState.FAILED)))
        .contains("has been disabled since", "it had failed for too long");
    assertThat(receiver.received("/failing")).hasSize(1);

    store().enable(id("failing"), Instant.now());
    tell("failing", "failing-3", "3");
    worker.awaitEnd("failing-3", JobState.SUCCEEDED);
  }

  @Test
  void signsWithEveryKeyWhileTheyAreRotated() throws Exception {
    create("rotated", receiver.at("/rotated"));
    EndpointId id = id("rotated");
    addKey(id, NEW_SECRET);
    worker.bean(Receivers.class).look();
    tell("rotated", "both", "1");
    Received both = receivedBy("/rotated", worker.awaitEnd("both", JobState.SUCCEEDED));

    store().retireKey(id, SigningKey.parse(SECRET).id());
    worker.bean(Receivers.class).look();
    tell("rotated", "new", "1");
    Received onlyNew = receivedBy("/rotated", worker.awaitEnd("new", JobState.SUCCEEDED));

    assertThat(both.isSignedBy(SECRET)).isTrue();
    assertThat(both.isSignedBy(NEW_SECRET)).isTrue();
    assertThat(onlyNew.isSignedBy(SECRET)).isFalse();
    assertThat(onlyNew.isSignedBy(NEW_SECRET)).isTrue();
  }

  @Test
  void failsWhatNamesNoEndpointOfItsTenant() throws Exception {
    store()
        .create(
            new EndpointId("another", "theirs"),
            subscription(receiver.at("/theirs")),
            Endpoint.Origin.API,
            Instant.now());
    worker.bean(Receivers.class).look();
    tell("theirs", "not-ours", "1");

    Job job = worker.awaitEnd("not-ours", JobState.FAILED);

    assertThat(message(job)).isEqualTo("tenant 'default' has no endpoint 'theirs'");
    assertThat(job.standing().attempt()).isEqualTo(1);
    assertThat(receiver.received("/theirs")).isEmpty();
  }

  @Test
  void callsNoPrivateAddressUnlessThatIsAllowed() throws Exception {
    create("private", "http://127.0.0.2:" + receiver.port() + "/private");
    tell("private", "private", "1");

    Job job = worker.awaitEnd("private", JobState.FAILED);

    assertThat(message(job)).contains("calls to 127.0.0.2 are refused");
    assertThat(receiver.received("/private")).isEmpty();
    assertThat(standing("private").failingSince()).isNotNull();
  }

  @Test
  void sendsOnlyWhatIsWanted() throws Exception {
    store()
        .create(
            id("picky"),
            new Subscription(
                new EndpointUrl(receiver.at("/picky")), "", List.of("invoice.voided", "order.*")),
            Endpoint.Origin.API,
            Instant.now());
    tell("picky", "unwanted", "1");

    Job job = worker.awaitEnd("unwanted", JobState.SUCCEEDED);

    assertThat(job.ending().result()).asString().contains("NOT_WANTED");
    assertThat(receiver.received("/picky")).isEmpty();
  }

  @Test
  void keepsConfiguredEndpointsInStepWithTheConfiguration() throws Exception {
    create("by-api", receiver.at("/by-api"));

    worker(
            "millrace.secrets.key=" + OTHER_MASTER,
            "millrace.secrets.previous-keys=" + MASTER,
            "millrace.webhooks.endpoints.orders.url=" + receiver.at("/orders"),
            "millrace.webhooks.endpoints.second.url=" + receiver.at("/second"),
            "millrace.webhooks.endpoints.by-api.url=" + receiver.at("/not-mine"))
        .close();

    assertThat(masterKeys("orders")).isNotEqualTo(masterKeys("by-api"));
    assertThat(find("by-api").subscription().url().value()).isEqualTo(receiver.at("/by-api"));
    assertThat(standing("second")).isEqualTo(Endpoint.Standing.NEW);

    worker("millrace.webhooks.endpoints.orders.url=" + receiver.at("/orders")).close();

    assertThat(standing("second").disabled()).isEqualTo(DisabledReason.NOT_CONFIGURED);
    assertThat(standing("orders").disabled()).isNull();
    assertThat(standing("by-api").disabled()).isNull();
    assertThat(masterKeys("orders")).isEqualTo(masterKeys("by-api"));
  }

  @Test
  void doesNotStartWithSecretsAndWithoutAMasterKey() {
    assertThatThrownBy(
            () ->
                worker(
                    "millrace.secrets.key=",
                    "millrace.webhooks.endpoints.orders.url=" + receiver.at("/orders")))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "millrace.webhooks.endpoints.orders has secrets, and there is no master key to encrypt them with");
  }

  private void tell(String endpoint, String messageId, String data) throws Exception {
    worker.publish("webhook.deliver", messageId, EVENT.formatted(endpoint, data));
  }

  /** What the dispatcher does with a job whose time has come. */
  private void dispatch(String messageId) throws Exception {
    int attempt =
        worker
            .jdbc()
            .sql(
                "UPDATE job SET state = 'QUEUED', wait_reason = NULL, due_at = NULL, queued_at = now() WHERE id = :id AND state = 'WAITING' RETURNING attempt")
            .param("id", idOf(messageId).value())
            .query(Integer.class)
            .single();
    OutboundMessage message =
        new DispatchMessage(idOf(messageId), attempt).to(new JobType("webhook.deliver"));
    worker.channel().basicPublish("", message.routingKey(), message.properties(), message.body());
  }

  private void awaitFailure(String messageId, int attempt) throws Exception {
    worker.await(
        WorkerEvent.AttemptFailed.class,
        event -> event.job().equals(idOf(messageId)) && event.attempt() == attempt);
  }

  private void create(String endpoint, String url) {
    store().create(id(endpoint), subscription(url), Endpoint.Origin.API, Instant.now());
    addKey(id(endpoint), SECRET);
  }

  private void addKey(EndpointId id, String secret) {
    store()
        .addKey(id, worker.bean(KeyRing.class).seal(id, SigningKey.parse(secret)), Instant.now());
  }

  private static Subscription subscription(String url) {
    return new Subscription(new EndpointUrl(url), "", List.of());
  }

  private Received receivedBy(String path, Job job) {
    List<Received> got =
        receiver.received(path).stream()
            .filter(each -> each.id().equals(job.id().toString()))
            .toList();
    assertThat(got).hasSize(1);
    return got.getFirst();
  }

  private EndpointStore store() {
    return worker.bean(EndpointStore.class);
  }

  private Endpoint find(String endpoint) {
    return store().find(id(endpoint)).orElseThrow();
  }

  private Endpoint.Standing standing(String endpoint) {
    return find(endpoint).standing();
  }

  private Set<String> masterKeys(String endpoint) {
    return find(endpoint).keys().stream()
        .map(key -> key.sealed().keyId())
        .collect(Collectors.toSet());
  }

  private boolean announceDue(String endpoint) {
    return worker
        .jdbc()
        .sql("SELECT announce_due FROM webhook_endpoint WHERE id = :id")
        .param("id", endpoint)
        .query(Boolean.class)
        .single();
  }

  private static EndpointId id(String endpoint) {
    return new EndpointId("default", endpoint);
  }

  private static JobId idOf(String messageId) {
    return JobId.of("default", messageId);
  }

  private static String message(Job failed) {
    return Objects.requireNonNull(failed.ending().failure()).message();
  }
}
