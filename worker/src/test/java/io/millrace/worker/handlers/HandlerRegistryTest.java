package io.millrace.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.worker.handlers.RegisteredHandler.Input;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandlerRegistryTest {

  private static final FailureClassifier FAILURES = new FailureClassifier(Set.of());

  /** A record that checks itself. */
  public record Loan(BigDecimal principal, LocalDate from) {
    public Loan {
      if (principal.signum() <= 0) {
        throw new IllegalArgumentException("the principal must be positive");
      }
    }
  }

  @Handles("loan.test")
  static final class OfLoans implements Calculation<Loan, Loan> {
    @Override
    public Loan calculate(Loan input, JobContext context) {
      return input;
    }
  }

  @Handles("loan.test")
  static final class Another implements Calculation<Loan, Loan> {
    @Override
    public Loan calculate(Loan input, JobContext context) {
      return input;
    }
  }

  static final class Nameless implements Calculation<Loan, Loan> {
    @Override
    public Loan calculate(Loan input, JobContext context) {
      return input;
    }
  }

  @Handles("Not A Type")
  static final class Misnamed implements Calculation<Loan, Loan> {
    @Override
    public Loan calculate(Loan input, JobContext context) {
      return input;
    }
  }

  @Handles("open.type")
  static final class Open<T> implements Calculation<T, T> {
    @Override
    public T calculate(T input, JobContext context) {
      return input;
    }
  }

  @Handles(value = "no.schema", schema = "nowhere.json")
  static final class Schemaless implements Calculation<Loan, Loan> {
    @Override
    public Loan calculate(Loan input, JobContext context) {
      return input;
    }
  }

  /** What a schema lets be left out. */
  record Offer(BigDecimal principal, @Nullable LocalDate from) {}

  @Handles(value = "offer.test", schema = "offer.schema.json")
  static final class OfOffers implements Calculation<Offer, Offer> {
    @Override
    public Offer calculate(Offer input, JobContext context) {
      return input;
    }
  }

  private final RegisteredHandler loans =
      new HandlerRegistry(List.of(new OfLoans()), FAILURES)
          .find(new JobType("loan.test"))
          .orElseThrow();

  @Test
  void readsExactDecimalsAndDates() {
    assertThat(loans.read(utf8("{\"principal\":0.10,\"from\":\"2026-03-01\"}")))
        .isEqualTo(new Input.Read(new Loan(new BigDecimal("0.10"), LocalDate.of(2026, 3, 1))));
  }

  @Test
  void saysWhatTheRecordItselfSays() {
    assertThat(loans.read(utf8("{\"principal\":-1,\"from\":\"2026-03-01\"}")))
        .isInstanceOfSatisfying(
            Input.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Refusal.SCHEMA_VIOLATION);
              assertThat(refused.explanation()).contains("the principal must be positive");
            });
  }

  @Test
  void saysWhereAValueDoesNotFit() {
    assertThat(loans.read(utf8("{\"principal\":1,\"from\":\"yesterday\"}")))
        .isInstanceOfSatisfying(
            Input.Refused.class,
            refused ->
                assertThat(refused.explanation())
                    .contains("$.from")
                    .contains("yesterday")
                    .doesNotContain("java."));
  }

  @Test
  void wantsEverythingThatNoSchemaLetsBeLeftOut() {
    assertThat(loans.read(utf8("{\"principal\":1}"))).isInstanceOf(Input.Refused.class);
    assertThat(offers().read(utf8("{\"principal\":1}")))
        .isEqualTo(new Input.Read(new Offer(BigDecimal.ONE, null)));
    assertThat(offers().read(utf8("{\"from\":\"2026-03-01\"}"))).isInstanceOf(Input.Refused.class);
  }

  @Test
  void roundsNoNumberOfAPayloadWithASchema() {
    assertThat(offers().read(utf8("{\"principal\":12345678901234567.890}")))
        .isEqualTo(new Input.Read(new Offer(new BigDecimal("12345678901234567.890"), null)));
  }

  private static RegisteredHandler offers() {
    return new HandlerRegistry(List.of(new OfOffers()), FAILURES)
        .find(new JobType("offer.test"))
        .orElseThrow();
  }

  @Test
  void refusesHandlersThatItCouldNotRun() {
    assertRefused("there is another handler of type loan.test", new OfLoans(), new Another());
    assertRefused("annotate it with @Handles", new Nameless());
    assertRefused("'Not A Type' is no job type", new Misnamed());
    assertRefused("does not say what it takes and gives", new Open<Loan>());
    assertRefused("its schema nowhere.json is not in its jar", new Schemaless());
  }

  private static void assertRefused(String why, Calculation<?, ?>... handlers) {
    assertThatThrownBy(() -> new HandlerRegistry(List.of(handlers), FAILURES))
        .isInstanceOf(InvalidHandlerException.class)
        .hasMessageContaining(why);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
