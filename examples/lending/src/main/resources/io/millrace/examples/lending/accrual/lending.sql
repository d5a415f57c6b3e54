-- The lender's own tables, in a schema of their own. The engine knows nothing of them.
CREATE SCHEMA IF NOT EXISTS lending;

-- The one book there is.
CREATE TABLE IF NOT EXISTS lending.book (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one), -- so that there is no second
  run      uuid    NOT NULL, -- which loads it, or did
  seed     bigint  NOT NULL,
  loans    bigint  NOT NULL,
  opens_on date    NOT NULL  -- the first day that is accrued
);

CREATE TABLE IF NOT EXISTS lending.loan (
  id           bigint   PRIMARY KEY,
  reference    text     NOT NULL,
  currency     text     NOT NULL,           -- ISO 4217
  decimals     smallint NOT NULL,           -- of its minor unit
  principal    numeric  NOT NULL CHECK (principal > 0 AND scale(principal) <= decimals), -- owed, with what was capitalised
  annual_rate  numeric  NOT NULL CHECK (annual_rate BETWEEN 0 AND 1),
  day_count    text     NOT NULL CHECK (day_count IN ('THIRTY_360', 'ACT_360', 'ACT_365F', 'ACT_ACT_ISDA')),
  disbursed_on date     NOT NULL,           -- the first day that bears interest
  matures_on   date     NOT NULL,           -- the first day that bears none
  carried      numeric  NOT NULL DEFAULT 0, -- accrued, and left over when the months before were rounded
  CONSTRAINT loan_lives CHECK (disbursed_on < matures_on)
);

-- The days: each is begun by one run, and closed before the next one is begun.
CREATE TABLE IF NOT EXISTS lending.accrual_day (
  date      date    PRIMARY KEY,
  run       uuid    NOT NULL,
  last_loan bigint  NOT NULL,              -- of the book, when the day was begun
  closed    boolean NOT NULL DEFAULT false
);

-- A day's interest of a loan, and what it was computed from. The key begins with the date, so that a night is appended to its index.
CREATE TABLE IF NOT EXISTS lending.accrual (
  loan      bigint  NOT NULL,
  date      date    NOT NULL,
  parts     integer NOT NULL, -- of the year of the loan's day count
  currency  text    NOT NULL,
  principal numeric NOT NULL,
  interest  numeric NOT NULL CHECK (interest >= 0),
  PRIMARY KEY (date, loan)
);

CREATE TABLE IF NOT EXISTS lending.account (
  number smallint PRIMARY KEY,
  name   text     NOT NULL
);
INSERT INTO lending.account (number, name)
VALUES (1310, 'Loans'), (1390, 'Interest receivable'), (7010, 'Interest income')
ON CONFLICT DO NOTHING;

-- The ledger: an amount goes to one account and comes from another, so the books always balance. Its columns refer to loan and account,
-- but not by foreign keys, which would look up millions of rows that are known to be there.
CREATE TABLE IF NOT EXISTS lending.posting (
  loan     bigint   NOT NULL,
  date     date     NOT NULL,
  debit    smallint NOT NULL,
  credit   smallint NOT NULL,
  currency text     NOT NULL,
  amount   numeric  NOT NULL CHECK (amount > 0),
  PRIMARY KEY (date, loan, debit)
);

-- What a month came to for a loan.
CREATE TABLE IF NOT EXISTS lending.statement (
  loan        bigint  NOT NULL,
  date        date    NOT NULL, -- the last day of the month
  currency    text    NOT NULL,
  opening     numeric NOT NULL, -- the principal
  brought     numeric NOT NULL, -- left over from the months before
  interest    numeric NOT NULL, -- the sum of the month's accruals
  capitalised numeric NOT NULL, -- in whole minor units
  carried     numeric NOT NULL, -- left over for the months to come
  closing     numeric NOT NULL, -- the principal
  PRIMARY KEY (date, loan),
  CONSTRAINT statement_rounds   CHECK (brought + interest = capitalised + carried),
  CONSTRAINT statement_adds_up  CHECK (opening + capitalised = closing)
);
