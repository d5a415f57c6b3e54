package io.millrace.core.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureGroupTest {

  private static final JobType TYPE = new JobType("loan.amortize");

  @Test
  void whatDiffersFromJobToJobDoesNotTellGroupsApart() {
    record Pair(String one, String other) {}
    List<Pair> pairs =
        List.of(
            new Pair("loan 17 has 3 rates", "loan 4711 has 12 rates"),
            new Pair("no customer 'Ann'", "no customer 'Robert Miller'"),
            new Pair("no account \"a-1\" there", "no account \"b\" there"),
            new Pair(
                "order 0198c7a4-6b1e-7c3a-9d00-000000000001 is gone",
                "order f47ac10b-58cc-4372-a567-0e02b2c3d479 is gone"),
            new Pair("late since 2026-03-01", "late since 2026-11-23T10:15:30.123Z"),
            new Pair("at 0x7f3a of deadbeef01", "at 0xFFFF of 0123456789abcdef"),
            new Pair("rate 1,250.75 is above 3.5", "rate 7 is above 12.25"),
            new Pair("mail to ann@example.com bounced", "mail to bob.b@mail.example.org bounced"));

    for (Pair pair : pairs) {
      assertThat(group(pair.one())).as(pair.one()).isEqualTo(group(pair.other()));
    }
  }

  @Test
  void whatSaysWhyTellsThemApart() {
    FailureGroup group = group("the partner answered 503, which may pass");

    assertThat(group).isNotEqualTo(group("the partner answered 404, which may pass"));
    assertThat(group).isNotEqualTo(group("the partner did not answer"));
    assertThat(group)
        .isNotEqualTo(
            FailureGroup.of(
                new JobType("loan.close"), failure("the partner answered 503, which may pass")));
    assertThat(group)
        .isNotEqualTo(
            FailureGroup.of(
                TYPE, new Failure("Other", "the partner answered 503, which may pass", null)));
  }

  @Test
  void anApostropheBeginsNoQuotation() {
    assertThat(group("can't open 'a' and can't go on").message())
        .isEqualTo("can't open <value> and can't go on");
  }

  @Test
  void theTopOfTheHandlersStackTellsGroupsApartAndNothingElseOfItDoes() {
    String trace =
        """
        com.example.RateException: no
        \tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
        \tat loan-handlers.jar//com.example.Loans.lambda$rate$%d(Loans.java:%d)
        \tat com.example.Loans$$Lambda/0x00007f00%d.apply(Unknown Source)
        \tat jdk.proxy2/jdk.proxy2.$Proxy%d.rate(Unknown Source)
        \tat io.millrace.worker.handlers.RegisteredHandler.run(RegisteredHandler.java:160)
        Caused by: java.lang.ArithmeticException: / by zero
        \tat com.example.Other.go(Other.java:1)
        """;

    FailureGroup group = group("no", trace.formatted(1, 17, 1, 14));

    assertThat(group.frames())
        .isEqualTo(
            """
            com.example.Loans.lambda$rate
            com.example.Loans$$Lambda.apply""");
    assertThat(group).isEqualTo(group("no", trace.formatted(2, 99, 7, 22)));
    assertThat(group)
        .isNotEqualTo(group("no", trace.replace("Loans", "Rates").formatted(1, 1, 1, 1)));
  }

  @Test
  void aRealExceptionHasTheFramesOfWhoeverThrewIt() {
    FailureGroup group = FailureGroup.of(TYPE, Failure.of(thrown()));

    assertThat(group.kind()).isEqualTo("java.lang.IllegalStateException");
    assertThat(group.message()).isEqualTo("no loan <n>");
    assertThat(group).isEqualTo(FailureGroup.of(TYPE, Failure.of(thrown())));
  }

  @Test
  void aMessageThatIsMeantToHurtIsReadAtOnce() {
    String hostile = "'".repeat(500) + "a@".repeat(300) + "0".repeat(900) + "\"".repeat(501);

    assertThat(group(hostile).message()).hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void namesAreSixteenDigitsOrSayThatThereIsNone() {
    GroupId id = new GroupId(group("no").id());

    assertThat(id.toString()).matches("[0-9a-f]{16}");
    assertThat(GroupId.parse(id.toString())).isEqualTo(id);
    assertThat(GroupId.parse("ungrouped")).isEqualTo(GroupId.UNGROUPED);
    Stream.of("", "17", "zzzzzzzzzzzzzzzz", "0123456789abcdef0")
        .forEach(
            text ->
                assertThatThrownBy(() -> GroupId.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static IllegalStateException thrown() {
    return new IllegalStateException("no loan " + System.nanoTime());
  }

  private static FailureGroup group(String message) {
    return FailureGroup.of(TYPE, failure(message));
  }

  private static FailureGroup group(String message, String trace) {
    return FailureGroup.of(TYPE, new Failure("com.example.RateException", message, trace));
  }

  private static Failure failure(String message) {
    return new Failure("com.example.RateException", message, null);
  }
}
