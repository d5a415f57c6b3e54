package io.millrace.worker.mail;

/**
 * A mail that the server has taken.
 *
 * @param messageId its {@code Message-ID}, the same over all attempts of the job
 * @param recipients how many get it
 * @param reply what the server said last, up to 500 characters; mostly the number under which it
 *     has the mail
 */
public record MailResult(String messageId, int recipients, String reply) {}
