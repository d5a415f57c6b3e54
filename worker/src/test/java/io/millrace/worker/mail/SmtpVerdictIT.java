package io.millrace.worker.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Mishap;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of mail that a server does not take. */
class SmtpVerdictIT {

  private static final String MAIL =
      """
      {"to": [{"address": "ann@test.example"}, {"address": "bob@test.example"}],
       "bcc": [{"address": "eve@test.example"}], "subject": "s", "text": "the body"}
      """;

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL FROM, 550 5.7.1 no, true, false",
    "DATA, 554 5.7.1 spam, true, false",
    "., 552 5.2.3 too large, true, false",
    "., 554 5.6.0 no, true, false",
    "MAIL FROM, 421 4.3.2 going down, false, true",
    "MAIL FROM, 451 4.3.0 later, false, true",
    "MAIL FROM, 530 5.7.0 log in first, false, true",
    "DATA, 451 4.3.0 later, false, true",
    "., 452 4.3.1 disk full, false, true",
    "greeting, 554 5.3.2 no service, false, true",
    "greeting, 421 4.3.2 busy, false, true",
    "AUTH, 535 5.7.8 who are you, false, true",
    "greeting, '', false, true",
    "MAIL FROM, '', false, true",
    "., '', false, true"
  })
  void isPermanentIfTheServerSaysSoOfTheMail(
      String line, String answer, boolean permanent, boolean againstTheServer) {
    server.answering(line, answer);

    Mishap.Failed failed = mailer().failure(MAIL);

    assertThat(failed.permanent()).isEqualTo(permanent);
    assertThat(failed.elsewhere()).isEqualTo(againstTheServer);
    assertThat(failed.why().message()).doesNotContain("test.example", "secret");
  }

  @Test
  void sendsToNobodyIfOneIsRefusedForGood() {
    server.answering("RCPT TO:<bob@test.example>", "550 5.1.1 bob@test.example is nobody");
    server.answering("RCPT TO:<eve@test.example>", "450 4.2.1 eve@test.example: later");

    Mishap.Failed failed = mailer().failure(MAIL);

    assertThat(failed.permanent()).isTrue();
    assertThat(failed.why().message())
        .isEqualTo(
            "the mail was sent to nobody, since the server refuses 2 of 3 recipients: to[1] 550 5.1.1, bcc[0] 450 4.2.1");
    assertThat(server.heard).doesNotContain("DATA");
  }

  @Test
  void triesAgainIfOneIsRefusedForNowAndDoesNotBlameTheServer() {
    server.answering("RCPT TO:<ann@test.example>", "451 4.7.1 greylisted");

    Mishap.Failed failed = mailer().failure(MAIL);

    assertThat(failed.permanent()).isFalse();
    assertThat(failed.elsewhere()).isFalse();
    assertThat(failed.why().message()).endsWith("refuses 1 of 3 recipients: to[0] 451 4.7.1");
    assertThat(server.heard).doesNotContain("DATA");
  }

  @Test
  void hasSentWhatTheServerHasTakenWhateverComesAfterwards() {
    server.answering("QUIT", ScriptedSmtpServer.HANG_UP);

    assertThat(mailer().result(MAIL)).contains("\"recipients\":3", "\"reply\":\"250 2.0.0 ok\"");
    assertThat(server.heard).contains("the body");
  }

  @Test
  void waitsForNoAnswerWhenItsJobIsCancelled() throws Exception {
    server.answering("DATA", ScriptedSmtpServer.SILENCE);
    CompletableFuture<Mishap.Failed> failed = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> failed.complete(mailer(Duration.ofMinutes(5)).failure(MAIL)));
    server.silent.await();

    thread.interrupt();

    assertThat(failed.get(1, TimeUnit.MINUTES).why().kind())
        .isEqualTo(InterruptedException.class.getName());
  }

  @Test
  void isTransientIfThereIsNoServer() {
    server.close();

    Mishap.Failed failed = mailer().failure(MAIL);

    assertThat(failed.permanent()).isFalse();
    assertThat(failed.elsewhere()).isTrue();
    assertThat(failed.why().message()).contains("cannot be talked to");
  }

  private Mailer mailer() {
    return mailer(Duration.ofSeconds(5));
  }

  private Mailer mailer(Duration timeout) {
    return new Mailer(
        server.port(),
        Map.of("user", "sender", "password", "secret-1", "timeout", timeout.toString()));
  }
}
