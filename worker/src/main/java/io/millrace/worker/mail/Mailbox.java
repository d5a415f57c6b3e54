package io.millrace.worker.mail;

import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sends or gets mail.
 *
 * @param address in ASCII: a domain in another script is spelled {@code xn--}
 * @param name as people read it, in any script; up to 200 characters; none if absent
 */
public record Mailbox(String address, @Nullable String name) {

  /** What HTML calls a valid e-mail address: that of RFC 5322 without comments and quotes. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

  /**
   * @throws IllegalArgumentException if that is nobody who can get mail; the message has no address
   */
  public Mailbox {
    if (!isAddress(address)) {
      throw new IllegalArgumentException(
          "address must be name@domain in ASCII, without a display name, spaces and quotes");
    }
    if (name != null) {
      Text.requireOneLine("name", name, 200);
    }
  }

  static boolean isAddress(@Nullable String text) {
    return text != null && text.length() <= 254 && ADDRESS.matcher(text).matches();
  }

  /** With the name encoded as RFC 2047 says. */
  InternetAddress encoded() {
    InternetAddress encoded = new InternetAddress();
    encoded.setAddress(address);
    try {
      encoded.setPersonal(name, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JVM has UTF-8", e);
    }
    return encoded;
  }
}
