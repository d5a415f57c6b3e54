package io.millrace.worker.mail;

import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.PermanentFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.InstantSource;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Sends the mail that the payload describes, to all of its recipients or to none. At least once: if
 * the server's last word is lost, the mail is sent again, with the same {@code Message-ID}.
 */
@Handles(value = "mail.send", schema = "mail.send.v1.schema.json")
@Calls("mail")
public final class MailHandler implements Integration<Mail, MailResult> {

  private final MailProperties properties;
  private final Session session;
  private final InstantSource clock;

  MailHandler(MailProperties properties, InstantSource clock) {
    this.properties = properties;
    this.session = Session.getInstance(properties.session());
    this.clock = clock;
  }

  @Override
  public MailResult call(Mail mail, CallContext context) throws Exception {
    MailMessage message = message(mail, context.idempotencyKey());
    SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
    try {
      connect(transport);
      transport.sendMessage(message, MailMessage.encoded(mail.recipients()));
      return new MailResult(
          message.getMessageID(),
          mail.recipients().size(),
          Text.oneLine(transport.getLastServerResponse(), 500));
    } catch (MessagingException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the job was cancelled, or took too long");
      }
      throw SmtpVerdict.of(e, mail);
    } finally {
      close(transport);
    }
  }

  private MailMessage message(Mail mail, String key) {
    Mailbox from =
        mail.from() == null ? new Mailbox(properties.standardSender(), null) : mail.from();
    if (!properties.allows(from.address())) {
      throw new PermanentFailure(
          "mail may not be sent in the name of this sender: millrace.mail.from says who may be one");
    }
    String domain = from.address().substring(from.address().indexOf('@') + 1);
    try {
      return new MailMessage(session, mail, from, "<" + key + "@" + domain + ">", clock.instant());
    } catch (MessagingException e) {
      throw new PermanentFailure("the mail cannot be written", e);
    }
  }

  private void connect(SMTPTransport transport) throws MessagingException {
    boolean anonymous = properties.user().isEmpty(); // with a password the library logs in
    transport.connect(
        properties.host(),
        properties.port(),
        anonymous ? null : properties.user(),
        anonymous ? null : properties.password());
  }

  /** What the server has taken is sent, and what it has not is told already. */
  private static void close(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException _) {
      // the connection is gone, as it should be
    }
  }
}
