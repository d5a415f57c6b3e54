package io.millrace.worker.mail;

import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * What a failed conversation with a server means (RFC 5321, section 4.2). Its words may name
 * people: only its codes are handed on. Pure.
 */
final class SmtpVerdict {

  /** The code, and the enhanced one if there is one (RFC 3463). */
  private static final Pattern CODE =
      Pattern.compile("\\b([45]\\d\\d)(?:[ -]([45]\\.\\d{1,3}\\.\\d{1,3}))?");

  private SmtpVerdict() {}

  /**
   * What the handler throws.
   *
   * @param recipients in the order in which they were handed over
   */
  static Exception of(MessagingException failed, Mail mail) {
    List<SMTPAddressFailedException> refused = refused(failed);
    if (!refused.isEmpty()) {
      return recipients(refused, mail);
    }
    int code = code(failed);
    if (code >= 500 && !isAboutUs(code)) {
      return new PermanentFailure("the mail server refuses the mail: " + shown(failed, code));
    }
    return new TransientFailure(
        code == 0
            ? "the mail server cannot be talked to: " + inWords(failed)
            : "the mail server takes no mail for now: " + shown(failed, code),
        null,
        null);
  }

  /** Nothing was sent to anybody: all recipients are accepted, or none. */
  private static Exception recipients(List<SMTPAddressFailedException> refused, Mail mail) {
    List<String> shown = new ArrayList<>();
    boolean forGood = false;
    for (SMTPAddressFailedException each : refused) {
      shown.add(place(each.getAddress(), mail) + " " + shown(each, each.getReturnCode()));
      forGood |= each.getReturnCode() >= 500;
    }
    String message =
        "the mail was sent to nobody, since the server refuses %d of %d recipients: %s"
            .formatted(refused.size(), mail.recipients().size(), String.join(", ", shown));
    return forGood ? new PermanentFailure(message) : new RecipientsDeferredException(message);
  }

  private static String place(InternetAddress address, Mail mail) {
    List<Mailbox> recipients = mail.recipients();
    for (int i = 0; i < recipients.size(); i++) {
      if (recipients.get(i).address().equals(address.getAddress())) {
        return mail.place(i);
      }
    }
    return "one";
  }

  private static List<SMTPAddressFailedException> refused(MessagingException failed) {
    List<SMTPAddressFailedException> refused = new ArrayList<>();
    for (@Nullable Exception each = failed;
        each instanceof MessagingException some;
        each = some.getNextException()) {
      if (each instanceof SMTPAddressFailedException one) {
        refused.add(one);
      }
    }
    return refused;
  }

  private static int code(MessagingException failed) {
    return switch (failed) {
      case SMTPSendFailedException e -> e.getReturnCode();
      case SMTPSenderFailedException e -> e.getReturnCode();
      default -> 0;
    };
  }

  /** Who must log in, and cannot (RFC 4954), is not let in with another mail either. */
  private static boolean isAboutUs(int code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
  }

  private static String shown(MessagingException failed, int code) {
    Matcher codes = CODE.matcher(String.valueOf(failed.getMessage()));
    return codes.find() && codes.group(1).equals(String.valueOf(code)) && codes.group(2) != null
        ? code + " " + codes.group(2)
        : String.valueOf(code);
  }

  /** What a server says before there is a sender names nobody; else it is a socket's reason. */
  private static String inWords(MessagingException failed) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failed);
    return cause.getClass().getSimpleName() + ", " + Text.oneLine(cause.getMessage(), 200);
  }
}
