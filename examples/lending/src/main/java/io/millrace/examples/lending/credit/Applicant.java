package io.millrace.examples.lending.credit;

import java.time.LocalDate;

/**
 * Who asks for a loan; the payload, and what the bureau is sent.
 *
 * @param reference the number under which the bureau knows people
 * @param bornOn the day of birth
 */
public record Applicant(String reference, LocalDate bornOn) {}
