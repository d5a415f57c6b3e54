package io.millrace.examples.lending.amortization;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The time that one instalment pays interest for.
 *
 * @param dueOn its end, when the instalment is due
 * @param parts its length in parts of the year of the loan's day count
 */
record Period(LocalDate dueOn, long parts) {

  static List<Period> of(LoanTerms terms) {
    List<Period> periods = new ArrayList<>(terms.instalments());
    LocalDate start = terms.disbursedOn();
    for (int number = 1; number <= terms.instalments(); number++) {
      LocalDate due = terms.dueOn(number);
      periods.add(new Period(due, terms.dayCount().parts(start, due)));
      start = due;
    }
    return periods;
  }
}
