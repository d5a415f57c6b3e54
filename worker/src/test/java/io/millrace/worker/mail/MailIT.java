package io.millrace.worker.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.millrace.core.job.Mishap;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail as a real server gets it. */
class MailIT {

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void sendsPlainTextFromTheStandardSender() throws Exception {
    String result =
        mailer()
            .result(
                """
                {"to": [{"address": "ann@test.example"}], "subject": "Statement", "text": "1,00 \u20ac\\n.\\nend"}
                """);

    MimeMessage mail = onlyMail();
    assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("no-reply@bank.test");
    assertThat(mail.getSubject()).isEqualTo("Statement");
    assertThat(((String) mail.getContent()).strip().replace("\r\n", "\n"))
        .isEqualTo("1,00 \u20ac\n.\nend");
    assertThat(mail.getSentDate()).isEqualTo(Date.from(Mailer.NOW));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(result)
        .contains("\"messageId\":\"<%s@bank.test>\"".formatted(Mailer.JOB))
        .contains("\"recipients\":1")
        .contains("\"reply\":\"250 ");
  }

  @Test
  void sendsTextAndHtmlWithAttachmentsInAnyScript() throws Exception {
    mailer()
        .result(
            """
            {"from": {"address": "team@loans.test", "name": "Kredit f\u00fcr Sie"},
             "to": [{"address": "ann@test.example", "name": "\u0410\u043d\u043d\u0430 \\"A\\" <x@y.z>, B"}],
             "cc": [{"address": "bob@test.example"}],
             "bcc": [{"address": "eve@test.example"}],
             "replyTo": {"address": "answers@loans.test"},
             "subject": "Zins\u00e4nderung \u2192 3,5 % f\u00fcr alle, die es lesen m\u00f6chten, und noch viel mehr davon",
             "text": "plain", "html": "<b>rich</b>",
             "attachments": [{"name": "\u00dcbersicht \u20ac.csv", "contentType": "text/csv; charset=utf-8", "content": "w6Q7Yg=="}]}
            """);

    assertThat(server.getReceivedMessages()).hasSize(3);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getFrom()[0].toString()).contains("<team@loans.test>");
    assertThat(name(mail.getFrom()[0])).isEqualTo("Kredit f\u00fcr Sie");
    assertThat(name(mail.getRecipients(Message.RecipientType.TO)[0]))
        .isEqualTo("\u0410\u043d\u043d\u0430 \"A\" <x@y.z>, B");
    assertThat(mail.getAllRecipients()).hasSize(2);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getReplyTo()[0]).hasToString("answers@loans.test");
    assertThat(mail.getSubject()).startsWith("Zins\u00e4nderung \u2192").endsWith("mehr davon");
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    MimeMultipart words = (MimeMultipart) parts.getBodyPart(0).getContent();
    assertThat(words.getContentType()).startsWith("multipart/alternative");
    assertThat(words.getBodyPart(0).getContent()).isEqualTo("plain");
    assertThat(words.getBodyPart(1).getContent()).isEqualTo("<b>rich</b>");
    assertThat(MimeUtility.decodeText(parts.getBodyPart(1).getFileName()))
        .isEqualTo("\u00dcbersicht \u20ac.csv");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo("\u00e4;b".getBytes(UTF_8));
  }

  @Test
  void hasTheSameMessageIdInEveryAttempt() throws Exception {
    String payload =
        "{\"to\": [{\"address\": \"ann@test.example\"}], \"subject\": \"s\", \"text\": \"t\"}";

    mailer().send(payload, 1);
    mailer().send(payload, 2);

    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[0].getMessageID()).isEqualTo("<" + Mailer.JOB + "@bank.test>");
    assertThat(mails[1].getMessageID()).isEqualTo(mails[0].getMessageID());
  }

  @Test
  void logsIn() throws Exception {
    server.setUser("sender@bank.test", "sender", "secret-1");
    String payload =
        "{\"to\": [{\"address\": \"ann@test.example\"}], \"subject\": \"s\", \"text\": \"t\"}";

    new Mailer(server.getSmtp().getPort(), Map.of("user", "sender", "password", "secret-1"))
        .result(payload);
    Mishap.Failed failed =
        new Mailer(server.getSmtp().getPort(), Map.of("user", "sender", "password", "secret-2"))
            .failure(payload);

    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(failed.permanent()).isFalse();
    assertThat(failed.elsewhere()).isTrue();
    assertThat(failed.why().message()).doesNotContain("secret");
  }

  @Test
  void sendsNothingToAServerWhoseCertificateNobodyVouchesFor() {
    Mishap.Failed failed =
        new Mailer(server.getSmtps().getPort(), Map.of("tls", "TLS"))
            .failure(
                "{\"to\": [{\"address\": \"ann@test.example\"}], \"subject\": \"s\", \"text\": \"t\"}");

    assertThat(failed.permanent()).isFalse();
    assertThat(failed.why().message()).contains("cannot be talked to", "certification path");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void sendsNothingInPlainTextWhereTlsIsAskedFor() {
    Mishap.Failed failed =
        new Mailer(server.getSmtp().getPort(), Map.of("tls", "STARTTLS"))
            .failure(
                "{\"to\": [{\"address\": \"ann@test.example\"}], \"subject\": \"s\", \"text\": \"t\"}");

    assertThat(failed.permanent()).isFalse();
    assertThat(failed.why().message()).contains("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private static String name(Address address) {
    return ((InternetAddress) address).getPersonal();
  }

  private Mailer mailer() {
    return new Mailer(server.getSmtp().getPort(), Map.of());
  }

  private MimeMessage onlyMail() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }
}
