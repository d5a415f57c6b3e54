package io.millrace.examples.lending.amortization;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a loan costs and when it is paid. Amounts have the decimals of the currency.
 *
 * @param currency the currency of all amounts
 * @param levelPayment the payment that an annuity repeats, the last instalment excepted; null for
 *     equal parts of principal
 * @param lastDueOn when the last instalment is due
 * @param totals the sums over all instalments
 * @param instalments the instalments in order; empty if only totals were asked for
 */
public record AmortizationSchedule(
    Currency currency,
    @Nullable BigDecimal levelPayment,
    LocalDate lastDueOn,
    Totals totals,
    List<Instalment> instalments) {

  public AmortizationSchedule {
    instalments = List.copyOf(instalments);
  }

  /**
   * One payment.
   *
   * @param number counted from 1
   * @param dueOn when it is due
   * @param payment interest and principal together
   * @param interest for the time since the last due date
   * @param principal what it repays
   * @param balance what is owed after it
   */
  public record Instalment(
      int number,
      LocalDate dueOn,
      BigDecimal payment,
      BigDecimal interest,
      BigDecimal principal,
      BigDecimal balance) {}

  /**
   * Sums that reconcile: {@code payments} is {@code principal} plus {@code interest}.
   *
   * @param instalments how many there are
   * @param payments all that is paid
   * @param interest all that is paid for the loan
   * @param principal all that is repaid: the amount lent
   */
  public record Totals(
      int instalments, BigDecimal payments, BigDecimal interest, BigDecimal principal) {

    public Totals {
      if (payments.compareTo(principal.add(interest)) != 0) {
        throw new IllegalArgumentException(
            "payments of %s are not principal of %s plus interest of %s"
                .formatted(payments, principal, interest));
      }
    }
  }
}
