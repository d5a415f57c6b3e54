package io.millrace.admin.dashboard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nothing be changed but from the dashboard's own pages. A browser sends the cookie along
 * whoever's page asks, but says of what origin that is, and no page can have it say otherwise
 * (Fetch Metadata, and RFC 6454 for the older {@code Origin}). JobRunr's pages know no tokens, so
 * this is the protection there can be; who says neither is no browser, and is refused as well.
 */
final class OwnPages extends OncePerRequestFilter {

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final AccessDeniedHandler refusal;

  OwnPages(AccessDeniedHandler refusal) {
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (HARMLESS.contains(request.getMethod()) || isOwn(request)) {
      chain.doFilter(request, response);
      return;
    }
    refusal.handle(
        request, response, new AccessDeniedException("asked for by the page of somebody else"));
  }

  private static boolean isOwn(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeader("Origin");
    String own = request.getScheme() + "://" + request.getHeader("Host");
    return origin != null && origin.equals(own);
  }
}
