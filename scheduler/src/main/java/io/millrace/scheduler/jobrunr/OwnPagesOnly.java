package io.millrace.scheduler.jobrunr;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;

/**
 * Keeps the dashboard to itself. A browser sends its password along whoever asks, so what changes
 * something is refused unless a page of the dashboard asks; and its pages may ask nobody else: they
 * would report to JobRunr's makers.
 */
final class OwnPagesOnly extends Filter {

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int FORBIDDEN = 403;
  private static final int NO_BODY = -1;

  /** Its pages have styles and scripts within them. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "frame-ancestors 'none'; form-action 'none'; base-uri 'self'";

  @Override
  public String description() {
    return "refuses changes that pages of others ask for";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (!HARMLESS.contains(exchange.getRequestMethod()) && !isOwn(exchange.getRequestHeaders())) {
      exchange.sendResponseHeaders(FORBIDDEN, NO_BODY);
      exchange.close();
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    chain.doFilter(exchange);
  }

  /**
   * Every browser of today sends Origin with what changes something; whoever sends none is none.
   */
  private static boolean isOwn(Headers headers) {
    String origin = headers.getFirst("Origin");
    String host = headers.getFirst("Host");
    return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
  }
}
