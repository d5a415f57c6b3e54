package io.millrace.worker.mail;

import java.util.regex.Pattern;

/**
 * A file that comes with a mail.
 *
 * @param name what it is called, in any script; up to 200 characters
 * @param contentType what it is, such as {@code application/pdf}; no {@code multipart} and no
 *     {@code message}
 * @param content its bytes, in Base64
 */
public record Attachment(String name, String contentType, byte[] content) {

  private static final Pattern TYPE =
      Pattern.compile(
          "(?!(?i:multipart|message)/)[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}"
              + "(; ?charset=[A-Za-z0-9_.:-]{1,40})?");

  /**
   * @throws IllegalArgumentException if the name or the type is one that no file may have
   */
  public Attachment {
    Text.requireOneLine("name", name, 200);
    if (!TYPE.matcher(contentType).matches()) {
      throw new IllegalArgumentException("contentType must be type/subtype of a single file");
    }
  }
}
