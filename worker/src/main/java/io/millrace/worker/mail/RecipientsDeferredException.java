package io.millrace.worker.mail;

/**
 * The server does not take the mail for some of its recipients, for now. It is tried again, and
 * says nothing about the server, which is well.
 */
public final class RecipientsDeferredException extends Exception {

  private static final long serialVersionUID = 1;

  RecipientsDeferredException(String message) {
    super(message);
  }
}
