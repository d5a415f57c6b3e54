package io.millrace.worker.mail;

import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server that mail goes out through.
 *
 * @param host its name; empty for none, and then this worker has no {@code mail.send}
 * @param port 1 to 65,535
 * @param user who logs in; empty for nobody
 * @param password and the password
 * @param tls how the connection is secured; the certificate and the name in it are always checked
 * @param from who may be the sender: addresses, {@code *@example.com} for all of a domain. The
 *     first is an address, and the sender of mail that names none
 * @param connectTimeout how long to wait for a connection; 10 ms to 1 min
 * @param timeout how long to wait for each answer; 10 ms to 10 min
 */
@ConfigurationProperties("millrace.mail")
public record MailProperties(
    @DefaultValue("") String host,
    @DefaultValue("587") int port,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue("STARTTLS") Tls tls,
    @DefaultValue List<String> from,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout) {

  private static final String ANYBODY = "*@";

  /** How a connection is secured. */
  public enum Tls {
    /** Not at all. */
    NONE,
    /** By STARTTLS, and without it nothing is sent (RFC 3207). */
    STARTTLS,
    /** From the beginning (RFC 8314). */
    TLS
  }

  public MailProperties {
    from = List.copyOf(from);
    Bounds.require("millrace.mail.port", port, 1, 65_535);
    Bounds.require(
        "millrace.mail.connect-timeout",
        connectTimeout,
        Duration.ofMillis(10),
        Duration.ofMinutes(1));
    Bounds.require("millrace.mail.timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(10));
    if (from.isEmpty()
        || from.getFirst().startsWith(ANYBODY)
        || !Mailbox.isAddress(from.getFirst())) {
      throw new IllegalArgumentException(
          "millrace.mail.from: the first entry is the sender of mail that names none, such as no-reply@example.com");
    }
  }

  /** Who sends what names no sender. */
  String standardSender() {
    return from.getFirst();
  }

  boolean allows(String sender) {
    String small = sender.toLowerCase(Locale.ROOT);
    return from.stream()
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(
            each ->
                each.startsWith(ANYBODY) ? small.endsWith(each.substring(1)) : small.equals(each));
  }

  /** The settings of Jakarta Mail. */
  Properties session() {
    Properties session = new Properties();
    session.setProperty("mail.smtp.auth", String.valueOf(!user.isEmpty()));
    session.setProperty("mail.smtp.ssl.enable", String.valueOf(tls == Tls.TLS));
    session.setProperty("mail.smtp.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
    session.setProperty("mail.smtp.starttls.required", String.valueOf(tls == Tls.STARTTLS));
    session.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    session.setProperty("mail.smtp.connectiontimeout", String.valueOf(connectTimeout.toMillis()));
    session.setProperty("mail.smtp.timeout", String.valueOf(timeout.toMillis()));
    session.setProperty("mail.smtp.writetimeout", String.valueOf(timeout.toMillis()));
    session.setProperty("mail.smtp.sendpartial", "false"); // all recipients are accepted, or none
    session.setProperty("mail.smtp.quitwait", "false"); // what is accepted is sent
    return session;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
