package io.millrace.standalone.demo;

import io.millrace.client.contract.JobId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A result in short.
 *
 * @param levelPayment what an annuity repeats; empty for equal parts of principal
 * @param interest all that is paid for the loan
 */
record Sample(
    JobId job,
    String loan,
    String currency,
    Optional<BigDecimal> levelPayment,
    int instalments,
    BigDecimal interest) {}
