package io.millrace.admin.etag;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * The version of something, made of what changes whenever it does. A strong one: answers that have
 * it are not compressed on their way.
 */
public record EntityTag(String value) {

  /** As many as make a second version with the same tag a thing of chance: 2^-48 for a pair. */
  private static final int BYTES = 12;

  /**
   * The tag of what these values say.
   *
   * @param parts values whose texts tell them apart; not the whole of what is shown, but enough
   *     that it cannot change without one of them
   */
  public static EntityTag of(@Nullable Object... parts) {
    String text = String.join("\n", Arrays.stream(parts).map(String::valueOf).toList());
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return new EntityTag(
          '"'
              + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES))
              + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Checks that whoever wants a change has seen this version, if they say which they have seen.
   *
   * @param ifMatch the header of that name; null if there is none
   * @throws ApiProblem if they have seen another one
   */
  public void require(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return;
    }
    List<ETag> seen = ETag.parse(ifMatch);
    if (seen.stream().noneMatch(tag -> !tag.weak() && tag.formattedTag().equals(value))) {
      throw changed();
    }
  }

  /** What to refuse with where it has become another one in between. */
  public ApiProblem changed() {
    return new ApiProblem(
            ProblemType.CHANGED_MEANWHILE,
            "it has changed since you have seen it: get it again, and decide anew")
        .with("current", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
