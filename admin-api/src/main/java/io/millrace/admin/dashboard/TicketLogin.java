package io.millrace.admin.dashboard;

import io.millrace.admin.access.CallerAuthentication;
import io.millrace.admin.token.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs in whoever comes by a good link. */
final class TicketLogin extends OncePerRequestFilter {

  private final Tickets tickets;
  private final Tokens tokens;
  private final Sessions sessions;
  private final AuthenticationEntryPoint refusal;

  TicketLogin(Tickets tickets, Tokens tokens, Sessions sessions, AuthenticationEntryPoint refusal) {
    this.tickets = tickets;
    this.tokens = tokens;
    this.sessions = sessions;
    this.refusal = refusal;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().equals(Sessions.LOGIN)
        || !HttpMethod.GET.matches(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String ticket = request.getParameter("ticket");
    try {
      CallerAuthentication caller =
          new CallerAuthentication(
              tokens.caller(tickets.take(ticket == null ? "" : ticket).getClaims()));
      sessions.begin(caller, request, response);
    } catch (JwtException | IllegalArgumentException e) {
      refusal.commence(request, response, new BadCredentialsException("no good link", e));
    }
  }
}
