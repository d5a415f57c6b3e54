package io.millrace.client.contract;

import static io.millrace.client.contract.IncomingMessage.aMessage;
import static io.millrace.client.contract.IncomingMessage.aStructuredEvent;
import static io.millrace.client.contract.ReadingAssert.assertThatReading;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReadingTest {

  private static final String ENVELOPE =
      "'specversion':'1.0','id':'e-1','source':'/bank','type':'loan.amortize'";

  @ParameterizedTest
  @ValueSource(strings = {"cloudEvents:", "cloudEvents_"})
  void readsBinaryModeWithEitherPrefix(String prefix) {
    JobMessage message =
        assertThatReading(binary(prefix).with(p -> p.messageId(null))).isReadable();

    assertThat(message.messageId()).isEqualTo("e-1");
    assertThat(message.options().source()).isEqualTo("/bank");
    assertThat(message.payload()).asString(UTF_8).isEqualTo("{\"loan\":42}");
  }

  @Test
  void readsOurAttributesInBinaryModeToo() {
    JobMessage message =
        assertThatReading(
                binary("cloudEvents:")
                    .with(p -> p.messageId("e-1"))
                    .header("cloudEvents:millracetenant", "acme"))
            .isReadable();

    assertThat(message.tenant()).isEqualTo("acme");
  }

  @Test
  void refusesABinaryEventThatContradictsItself() {
    assertThatReading(binary("cloudEvents:")).isRefused(Refusal.CONTRADICTION, "m-1", "e-1");
    assertThatReading(binary("cloudEvents:").header("cloudEvents_id", "e-2"))
        .isRefused(Refusal.CONTRADICTION, "e-1", "e-2");
    assertThatReading(binary("cloudEvents:").with(p -> p.messageId(null)).routedBy("loan.close"))
        .isRefused(Refusal.CONTRADICTION, "loan.close", "loan.amortize")
        .hasMessageId("e-1");
    assertThatReading(
            binary("cloudEvents:")
                .with(p -> p.messageId(null))
                .header("millrace-tenant", "acme")
                .header("cloudEvents:millracetenant", "other"))
        .isRefused(Refusal.CONTRADICTION, "millrace-tenant", "millracetenant");
  }

  @Test
  void refusesAnIncompleteBinaryEvent() {
    assertThatReading(aMessage().header("cloudEvents:id", "m-1"))
        .isRefused(Refusal.INVALID_CLOUD_EVENT, "specversion");
    assertThatReading(binary("cloudEvents:").header("cloudEvents:specversion", "0.3"))
        .isRefused(Refusal.INVALID_CLOUD_EVENT, "0.3", "1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"loan\" : 1.10 , \"text\" : \"\u00e4\\u00e4 \ud83d\ude00\" }",
        "[1, [2, {}]]",
        "\"text with } and \\\" in it\"",
        "12345678901234567890.10",
        "-0",
        "true",
        "null"
      })
  void cutsTheDataOutOfAStructuredEventByteForByte(String data) {
    for (String mark : new String[] {"", "\ufeff"}) {
      for (String json :
          new String[] {
            "{%s,\"data\":%s}".formatted(quoted(ENVELOPE), data),
            "{ \"data\" : %s , %s }".formatted(data, quoted(ENVELOPE))
          }) {
        JobMessage message = assertThatReading(aStructuredEvent(mark + json)).isReadable();

        assertThat(message.payload()).asString(UTF_8).isEqualTo(data);
      }
    }
  }

  @Test
  void readsEveryAttributeOfOursFromAStructuredEvent() {
    JobMessage message =
        assertThatReading(
                event(
                    ENVELOPE
                        + ",'time':'2026-01-01T00:00:00Z','subject':'not the data subject','other':{'a':[1]},'flag':true"
                        + ",'datacontenttype':'application/json','millracetenant':'acme'"
                        + ",'millracenotbefore':'2026-11-22T10:15:30Z'"
                        + ",'millracedeadline':'2026-11-23T10:15:30Z','millraceuniquekey':'u'"
                        + ",'millraceconcurrencykey':'c','millracesubject':'person 7'"
                        + ",'traceparent':'00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'"
                        + ",'data_base64':'eyJhIjoxfQ=='"))
            .isReadable();

    assertThat(message.payload()).asString(UTF_8).isEqualTo("{\"a\":1}");
    assertThat(message.tenant()).isEqualTo("acme");
    assertThat(message.options())
        .isEqualTo(
            new JobOptions(
                Lane.NORMAL,
                Instant.parse("2026-11-22T10:15:30Z"),
                Instant.parse("2026-11-23T10:15:30Z"),
                "u",
                "c",
                "person 7",
                null,
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "/bank"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'id':'e-1','source':'/bank','type':'loan.amortize','data':1 | specversion",
        "'specversion':'1.0','id':null,'source':'/bank','type':'loan.amortize','data':1 | 'id'",
        "'specversion':'1.0','id':5,'source':'/bank','type':'loan.amortize','data':1 | string",
        "'specversion':'1.0','id':'e','source':'','type':'loan.amortize','data':1 | source",
        "'specversion':'1.0','id':'e','id':'e','source':'/','type':'loan.amortize','data':1 | twice",
        "'specversion':'1.0','id':'e','source':'/','type':'loan.amortize' | no data",
        "'specversion':'1.0','id':'e','source':'/','type':'loan.amortize','data':1,'data_base64':'MQ==' | twice",
        "'specversion':'1.0','id':'e','source':'/','type':'loan.amortize','data_base64':'%' | Base64"
      })
  void refusesAnInvalidStructuredEvent(String members, String word) {
    assertThatReading(event(members)).isRefused(Refusal.INVALID_CLOUD_EVENT, word);
  }

  @Test
  void refusesABodyThatIsNoEvent() {
    assertThatReading(aStructuredEvent("[]")).isRefused(Refusal.INVALID_CLOUD_EVENT, "object");
    assertThatReading(aStructuredEvent("")).isRefused(Refusal.INVALID_CLOUD_EVENT);
    assertThatReading(aStructuredEvent("{\"id\": secret"))
        .isRefused(Refusal.MALFORMED_JSON, "line 1")
        .hasNoMessageId();
    assertThatReading(aStructuredEvent("{} {}")).isRefused(Refusal.INVALID_CLOUD_EVENT, "follows");
    assertThatReading(aStructuredEvent("").body(("{" + quoted(ENVELOPE) + "}").getBytes(UTF_16)))
        .isRefused(Refusal.MALFORMED_JSON, "UTF-8");
  }

  @Test
  void refusesDataThatIsNotJson() {
    assertThatReading(event(ENVELOPE + ",'datacontenttype':'text/xml','data':'<a/>'"))
        .isRefused(Refusal.UNSUPPORTED_CONTENT_TYPE, "text/xml");
  }

  @Test
  void refusesHalfACharacterThatOnlyAnEscapeCanBring() {
    assertThatReading(
            event(
                "'specversion':'1.0','id':'e\\ud800','source':'/','type':'loan.amortize','data':1"))
        .isRefused(Refusal.INVALID_MESSAGE_ID, "surrogate");
  }

  private static IncomingMessage binary(String prefix) {
    return aMessage()
        .header(prefix + "specversion", "1.0")
        .header(prefix + "id", "e-1")
        .header(prefix + "source", "/bank")
        .header(prefix + "type", "loan.amortize");
  }

  private static IncomingMessage event(String members) {
    return aStructuredEvent("{" + quoted(members) + "}");
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
