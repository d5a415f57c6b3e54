package io.millrace.worker.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.job.Mishap;
import io.millrace.worker.handlers.RegisteredHandler.Input;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {

  private static final String TO = "'to': [{'address': 'ann@test.example'}], ";

  private final Mailer mailer = new Mailer(25, Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'text': 't' | required property 'subject' not found",
        "'subject': 's' | required property 'text' not found",
        "'subject': 'a\\r\\nBcc: eve@test.example', 'text': 't' | subject has a line break",
        "'subject': 'a\\nb', 'text': 't' | subject has a line break",
        "'subject': 'a\\u0000b', 'text': 't' | subject has a line break or another control character",
        "'subject': 'a\\u2028b', 'text': 't' | subject has a line break",
        "'subject': 's', 'text': 't', 'replyTo': {'address': 'a@b.test', 'name': 'x\\r\\nBcc: e@b.test'} | name has a line break",
        "'subject': 's', 'text': 't', 'replyTo': {'address': 'a@b.test\\r\\nBcc: e@b.test'} | address must be name@domain",
        "'subject': 's', 'text': 't', 'from': {'address': 'a@b.test, c@d.test'} | address must be name@domain",
        "'subject': 's', 'text': 't', 'from': {'address': 'A <a@b.test>'} | address must be name@domain",
        "'subject': 's', 'text': 't', 'from': {'address': '\\u00e4@b.test'} | address must be name@domain",
        "'subject': 's', 'text': 't', 'headers': {'X-A': 'b'} | headers",
        "'subject': 's', 'text': 't', 'attachments': [{'name': 'a\\r\\nb', 'contentType': 'text/csv', 'content': ''}] | name has a line break",
        "'subject': 's', 'text': 't', 'attachments': [{'name': 'a', 'contentType': 'text/csv\\r\\nX: y', 'content': ''}] | contentType must be",
        "'subject': 's', 'text': 't', 'attachments': [{'name': 'a', 'contentType': 'message/rfc822', 'content': ''}] | contentType must be",
        "'subject': 's', 'text': 't', 'attachments': [{'name': 'a', 'contentType': 'text/csv', 'content': '*'}] | base64"
      })
  void refusesWhatIsNoMailOrWouldBeAnother(String members, String why) {
    Input input = mailer.read(("{" + TO + members + "}").replace('\'', '"'));

    assertThat(input).isInstanceOf(Input.Refused.class);
    assertThat(((Input.Refused) input).explanation()).contains(why);
  }

  @Test
  void refusesMailToNobody() {
    Input input = mailer.read("{\"subject\": \"s\", \"text\": \"t\"}");

    assertThat(((Input.Refused) input).explanation())
        .contains("must be 1 to 100 together, but are 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ceo@bank.test", "team@other.test", "a@evil-loans.test"})
  void sendsInNobodysNameWhoIsNotAllowed(String sender) {
    Mishap.Failed failed =
        mailer.failure(
            "{%s 'from': {'address': '%s'}, 'subject': 's', 'text': 't'}"
                .formatted(TO, sender)
                .replace('\'', '"'));

    assertThat(failed.permanent()).isTrue();
    assertThat(failed.why().message()).contains("millrace.mail.from").doesNotContain(sender);
  }

  @Test
  void saysNothingOfWhatIsInAMail() {
    Input input = mailer.read("{%s 'subject': 's', 'text': 't'}".formatted(TO).replace('\'', '"'));

    assertThat(((Input.Read) input).value()).hasToString("a mail to 1");
  }

  @Test
  void needsASender() {
    assertThatThrownBy(() -> new Mailer(25, Map.of("from", "*@bank.test")))
        .rootCause()
        .hasMessageContaining("millrace.mail.from: the first entry is the sender");
    assertThatThrownBy(() -> new Mailer(0, Map.of()))
        .rootCause()
        .hasMessageContaining("millrace.mail.port");
  }
}
