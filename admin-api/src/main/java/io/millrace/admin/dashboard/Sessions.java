package io.millrace.admin.dashboard;

import io.millrace.admin.access.CallerAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who is logged in to the dashboard, in the memory of this process. A session ends when nobody has
 * looked for half an hour, and in any case after eight hours: what the provider has taken from
 * somebody since is gone then.
 */
final class Sessions extends OncePerRequestFilter {

  /** Where whoever has a link logs in. */
  static final String LOGIN = "/dashboard/login";

  private static final String HOME = "/dashboard";
  private static final String BEGUN = "millrace.begun";
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(8);

  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();
  private final InstantSource clock;

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a session, with a new id so that nobody knows it from before, and goes to the pages. */
  void begin(CallerAuthentication caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    end(request);
    HttpSession session = request.getSession(true);
    session.setMaxInactiveInterval((int) IDLE.toSeconds());
    session.setAttribute(BEGUN, clock.instant());
    SecurityContext context = new SecurityContextImpl(caller);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    response.sendRedirect(HOME);
  }

  void end(HttpServletRequest request) {
    SecurityContextHolder.clearContext();
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    if (session != null
        && session.getAttribute(BEGUN) instanceof Instant begun
        && begun.plus(LONGEST).isBefore(clock.instant())) {
      session.invalidate();
    }
    chain.doFilter(request, response);
  }
}
