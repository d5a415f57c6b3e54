package io.millrace.core.audit;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change that was made, and by whom. */
public record AuditEntry(Author author, Change change) {

  /**
   * Who has made it.
   *
   * @param subject as the issuer of their token knows them
   * @param roles in order, each once
   * @param address from where
   * @param requestId of the request that did it
   */
  public record Author(
      String subject, List<String> roles, @Nullable String address, @Nullable String requestId) {

    public Author(
        String subject, Set<String> roles, @Nullable String address, @Nullable String requestId) {
      this(subject, roles.stream().sorted().toList(), address, requestId);
    }

    public Author {
      roles = List.copyOf(roles);
    }
  }

  /**
   * What was done.
   *
   * @param action such as {@code job.cancel}
   * @param resource such as {@code jobs/6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10}
   * @param tenant whose it is; null if it is nobody's
   * @param before what it was, as JSON; null if there was nothing
   * @param after what it is since, as JSON; null if there is nothing
   */
  public record Change(
      String action,
      String resource,
      @Nullable String tenant,
      @Nullable String before,
      @Nullable String after) {}
}
