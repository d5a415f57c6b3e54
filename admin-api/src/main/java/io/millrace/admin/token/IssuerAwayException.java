package io.millrace.admin.token;

import org.springframework.security.oauth2.jwt.JwtException;

/** Nobody can say at the moment whether a token is good: the issuer's keys cannot be had. */
final class IssuerAwayException extends JwtException {

  private static final long serialVersionUID = 1;

  IssuerAwayException(Throwable cause) {
    super("the issuer of the tokens does not answer", cause);
  }
}
