package io.millrace.examples.lending.accrual;

/** The accounts of the ledger, as in the table {@code lending.account}. */
enum Account {
  LOANS(1310),
  INTEREST_RECEIVABLE(1390),
  INTEREST_INCOME(7010);

  private final int number;

  Account(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
