package io.millrace.worker.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A mail as it goes over the wire (RFC 5322, MIME). */
final class MailMessage extends MimeMessage {

  private final String id;

  /**
   * @param id the whole {@code Message-ID}
   */
  MailMessage(Session session, Mail mail, Mailbox from, String id, Instant date)
      throws MessagingException {
    super(session);
    this.id = id;
    setFrom(from.encoded());
    setRecipients(Message.RecipientType.TO, encoded(mail.to()));
    setRecipients(Message.RecipientType.CC, encoded(mail.cc()));
    if (mail.replyTo() != null) {
      setReplyTo(encoded(List.of(mail.replyTo())));
    }
    setSubject(mail.subject(), "UTF-8");
    setSentDate(Date.from(date));
    setHeader("Auto-Submitted", "auto-generated"); // no machine is to answer (RFC 3834)
    if (mail.attachments().isEmpty()) {
      write(mail, this);
    } else {
      setContent(withAttachments(mail));
    }
    saveChanges();
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static Multipart withAttachments(Mail mail) throws MessagingException {
    MimeBodyPart words = new MimeBodyPart();
    write(mail, words);
    Multipart all = new MimeMultipart("mixed", words);
    for (Attachment each : mail.attachments()) {
      MimeBodyPart file = new MimeBodyPart();
      file.setDataHandler(
          new DataHandler(new ByteArrayDataSource(each.content(), each.contentType())));
      file.setFileName(each.name());
      file.setDisposition(Part.ATTACHMENT);
      all.addBodyPart(file);
    }
    return all;
  }

  private static void write(Mail mail, MimePart part) throws MessagingException {
    if (mail.html() == null) {
      part.setText(mail.text(), "UTF-8");
      return;
    }
    if (mail.text() == null) {
      part.setText(mail.html(), "UTF-8", "html");
      return;
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(mail.html(), "UTF-8", "html");
    part.setContent(new MimeMultipart("alternative", text, html)); // the best comes last
  }

  static InternetAddress[] encoded(List<Mailbox> mailboxes) {
    return mailboxes.stream().map(Mailbox::encoded).toArray(InternetAddress[]::new);
  }
}
