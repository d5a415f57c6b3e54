package io.millrace.worker.mail;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a payload describes it.
 *
 * @param from who sends it, one of {@code millrace.mail.from}; the first of them if absent
 * @param to who gets it
 * @param cc who gets it as well
 * @param bcc who gets it without the others' knowing
 * @param replyTo where answers go, if not to the sender
 * @param subject in any script; up to 500 characters
 * @param text the mail in plain text
 * @param html the mail in HTML; with a text as well, whoever reads it sees one of them
 * @param attachments what comes with it
 */
public record Mail(
    @Nullable Mailbox from,
    List<Mailbox> to,
    List<Mailbox> cc,
    List<Mailbox> bcc,
    @Nullable Mailbox replyTo,
    String subject,
    @Nullable String text,
    @Nullable String html,
    List<Attachment> attachments) {

  private static final int MOST_RECIPIENTS = 100; // what every server takes (RFC 5321, 4.5.3.1.8)

  /**
   * @throws IllegalArgumentException if that is no mail that could be sent; the message has nothing
   *     of what is in it
   */
  public Mail {
    to = list(to);
    cc = list(cc);
    bcc = list(bcc);
    attachments = list(attachments);
    Text.requireOneLine("subject", subject, 500);
    int recipients = to.size() + cc.size() + bcc.size();
    if (recipients < 1 || recipients > MOST_RECIPIENTS) {
      throw new IllegalArgumentException(
          "to, cc and bcc must be 1 to " + MOST_RECIPIENTS + " together, but are " + recipients);
    }
    if (text == null && html == null) {
      throw new IllegalArgumentException("there is neither text nor html");
    }
  }

  private static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  /** Everybody who gets it. */
  List<Mailbox> recipients() {
    return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
  }

  /** Which of the recipients that is, without a name: {@code cc[1]}. */
  String place(int recipient) {
    int inCc = recipient - to.size();
    int inBcc = inCc - cc.size();
    if (inCc < 0) {
      return "to[" + recipient + "]";
    }
    return inBcc < 0 ? "cc[" + inCc + "]" : "bcc[" + inBcc + "]";
  }

  /** Without anything that is somebody's. */
  @Override
  public String toString() {
    return "a mail to " + Objects.toString(recipients().size());
  }
}
