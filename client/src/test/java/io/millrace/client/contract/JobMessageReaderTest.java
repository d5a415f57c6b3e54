package io.millrace.client.contract;

import static io.millrace.client.contract.IncomingMessage.aMessage;
import static io.millrace.client.contract.ReadingAssert.assertThatReading;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.LongStringHelper;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMessageReaderTest {

  @Test
  void leavesThePayloadOfAPlainMessageAsItIs() {
    byte[] body = "this is for the worker to refuse".getBytes(UTF_8);

    JobMessage message = assertThatReading(aMessage().body(body)).isReadable();

    assertThat(message.payload()).isSameAs(body);
    assertThat(message.type()).isEqualTo(new JobType("loan.amortize"));
    assertThat(message.messageId()).isEqualTo("m-1");
    assertThat(message.tenant()).isNull();
    assertThat(message.options()).isEqualTo(JobOptions.NONE);
  }

  @Test
  void readsEveryOption() {
    IncomingMessage incoming =
        aMessage()
            .with(
                p ->
                    p.replyTo("answers")
                        .correlationId("c-1")
                        .userId("lender")
                        .type("loan.amortize"))
            .header("millrace-tenant", LongStringHelper.asLongString("acme"))
            .header("millrace-not-before", "2026-11-22T10:15:30.1234567+01:00")
            .header("millrace-deadline", "2026-11-22T10:15:30Z".getBytes(UTF_8))
            .header("millrace-unique-key", "u")
            .header("millrace-concurrency-key", "c")
            .header("millrace-subject", "person 7")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    JobMessage message = assertThatReading(incoming).isReadable();

    assertThat(message.tenant()).isEqualTo("acme");
    assertThat(message.options())
        .isEqualTo(
            new JobOptions(
                Lane.NORMAL,
                Instant.parse("2026-11-22T09:15:30.123456Z"),
                Instant.parse("2026-11-22T10:15:30Z"),
                "u",
                "c",
                "person 7",
                "answers",
                "c-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                null));
    assertThat(((Reading.Readable) incoming.read()).userId()).isEqualTo("lender");
  }

  @ParameterizedTest
  @CsvSource({
    "millrace.jobs.high, HIGH",
    "millrace.jobs, NORMAL",
    "millrace.jobs.low, LOW",
    "'', NORMAL",
    "millrace.dispatch, NORMAL"
  })
  void takesTheLaneFromTheExchange(String exchange, Lane lane) {
    JobMessage message = assertThatReading(aMessage().to(exchange)).isReadable();

    assertThat(message.options().lane()).isEqualTo(lane);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
        "application/json;version=1"
      })
  void takesJsonInUtf8HoweverItIsSpelled(String contentType) {
    assertThatReading(aMessage().with(p -> p.contentType(contentType))).isReadable();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/json; charset=iso-8859-1",
        "application/cloudevents-batch+json",
        ";",
        "application/jsonp"
      })
  void refusesOtherContent(String contentType) {
    assertThatReading(aMessage().with(p -> p.contentType(contentType)))
        .isRefused(Refusal.UNSUPPORTED_CONTENT_TYPE, "'application/json'")
        .hasMessageId("m-1");
  }

  @Test
  void asksForAContentTypeWhereThereIsNone() {
    assertThatReading(aMessage().with(p -> p.contentType(null)))
        .isRefused(Refusal.UNSUPPORTED_CONTENT_TYPE, "no content_type", "'application/json'");
  }

  @Test
  void refusesCompressionAndTakesNamesForNone() {
    assertThatReading(aMessage().with(p -> p.contentEncoding("gzip")))
        .isRefused(Refusal.UNSUPPORTED_ENCODING, "gzip");

    for (String none : List.of("", "utf-8", "UTF-8", "identity")) {
      assertThatReading(aMessage().with(p -> p.contentEncoding(none))).isReadable();
    }
  }

  @Test
  void refusesAMessageWithoutId() {
    assertThatReading(aMessage().with(p -> p.messageId(null)))
        .isRefused(Refusal.MISSING_MESSAGE_ID, "message_id")
        .hasNoMessageId();
    assertThatReading(aMessage().with(p -> p.messageId(""))).isRefused(Refusal.MISSING_MESSAGE_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000b", "a\nb", "a\ud800", "\udc00a", "\ud800\ud800", "a\u0085", "a\ufffd"})
  void refusesAnIdThatADatabaseOrALogCouldNotKeep(String id) {
    assertThatReading(aMessage().with(p -> p.messageId(id)))
        .isRefused(Refusal.INVALID_MESSAGE_ID)
        .hasNoMessageId();
  }

  @Test
  void countsCharactersNotBytes() {
    assertThatReading(aMessage().with(p -> p.messageId("\ud83d\ude00".repeat(200)))).isReadable();
    assertThatReading(aMessage().with(p -> p.messageId("x".repeat(201))))
        .isRefused(Refusal.INVALID_MESSAGE_ID, "201", "200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Loan.Amortize", "loan..amortize", ".loan", "loan.", "a b", "#"})
  void refusesARoutingKeyThatIsNoType(String key) {
    assertThatReading(aMessage().routedBy(key)).isRefused(Refusal.INVALID_TYPE, "'" + key + "'");
  }

  @Test
  void refusesContradictions() {
    assertThatReading(aMessage().with(p -> p.type("loan.close")))
        .isRefused(Refusal.CONTRADICTION, "loan.amortize", "loan.close");
    assertThatReading(
            aMessage()
                .header("millrace-not-before", "2026-11-23T00:00:00Z")
                .header("millrace-deadline", "2026-11-22T00:00:00Z"))
        .isRefused(Refusal.CONTRADICTION, "2026-11-23", "2026-11-22");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    assertThatReading(aMessage().body(new byte[10_001]))
        .isRefused(Refusal.TOO_LARGE, "10001", "10000")
        .hasMessageId("m-1");
  }

  @Test
  void saysWhatItFoundInAHeaderInsteadOfAText() {
    Map<Object, String> found =
        Map.of(
            42L,
            "the number 42",
            true,
            "the boolean true",
            new Date(0),
            "an AMQP timestamp",
            List.of(),
            "a list",
            Map.of(),
            "a table");
    found.forEach(
        (value, words) ->
            assertThatReading(aMessage().header("millrace-unique-key", value))
                .isRefused(Refusal.INVALID_HEADER, "millrace-unique-key", words));
  }

  @Test
  void refusesHeadersThatAreNotTextOfOurs() {
    byte[] latin = "caf\u00e9".getBytes(ISO_8859_1);
    assertThatReading(aMessage().header("millrace-tenant", LongStringHelper.asLongString(latin)))
        .isRefused(Refusal.INVALID_HEADER, "millrace-tenant", "UTF-8");
    assertThatReading(aMessage().header("millrace-tenant", ""))
        .isRefused(Refusal.INVALID_HEADER, "is empty");
    assertThatReading(aMessage().header("millrace-subject", "a\u0000"))
        .isRefused(Refusal.INVALID_HEADER, "U+0000");
    assertThatReading(aMessage().header("millrace-concurrency-key", "k".repeat(201)))
        .isRefused(Refusal.INVALID_HEADER, "201");
    assertThatReading(aMessage().with(p -> p.correlationId("a\u0000")))
        .isRefused(Refusal.INVALID_HEADER, "correlation_id");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15:30, 'Z'",
    "2026-11-22T10:15:30.5, offset",
    "tomorrow, RFC 3339",
    "2026-02-30T10:15:30Z, RFC 3339",
    "2026-11-22T10:15Z, RFC 3339",
    "2026-11-22T24:15:30Z, RFC 3339",
    "2026-11-22T10:15:30+1, RFC 3339",
    "9999-12-31T23:59:59-01:00, RFC 3339",
    "2026-11-22T10:15:30.Z, RFC 3339"
  })
  void refusesTimesWithAdvice(String time, String advice) {
    assertThatReading(aMessage().header("millrace-not-before", time))
        .isRefused(Refusal.INVALID_HEADER, "millrace-not-before", advice);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22t10:15:30z, 2026-11-22T10:15:30Z",
    "2026-11-22 10:15:30-00:30, 2026-11-22T10:45:30Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    "2024-02-29T00:00:00.0000019Z, 2024-02-29T00:00:00.000001Z",
    "2026-11-22T10:15:30.1+10:30, 2026-11-21T23:45:30.1Z"
  })
  void takesTimesAsRfc3339WritesThem(String time, Instant instant) {
    JobMessage message =
        assertThatReading(aMessage().header("millrace-deadline", time)).isReadable();

    assertThat(message.options().deadline()).isEqualTo(instant);
  }

  @Test
  void takesATraceThatCannotBeReadForNone() {
    JobMessage message =
        assertThatReading(aMessage().header("traceparent", "00-0-0-0")).isReadable();

    assertThat(message.options().traceparent()).isNull();
  }

  @Test
  void keepsUnprintableCharactersOutOfTheExplanation() {
    Reading.Refused refused =
        (Reading.Refused) aMessage().routedBy("a\u0000\ud800" + "x".repeat(500)).read();

    assertThat(refused.explanation()).doesNotContain("\u0000", "\ud800").hasSizeLessThan(300);
  }
}
