package io.millrace.admin.document;

import java.util.Map;

/** What parameters mean that many operations have. */
final class CommonParameters {

  static final Map<String, String> TEXTS =
      Map.of(
          "limit", "how many at most",
          "after", "where to read on: what `next` of the page before says",
          "tenant", "whose",
          "type", "the type of jobs",
          "messageId", "the id that the publisher has given the message",
          "since", "from then on",
          "until", "before then",
          "id", "as lists and answers name it",
          "If-Match", "the `ETag` of the version that is to be changed; another one is left alone");

  private CommonParameters() {}
}
