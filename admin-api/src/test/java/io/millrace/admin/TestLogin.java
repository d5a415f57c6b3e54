package io.millrace.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow of a provider (OpenID Connect Core 1.0, section 3.1, with PKCE), for
 * somebody who is logged in there already.
 */
final class TestLogin {

  static final String CLIENT = "millrace-dashboard";
  static final String SECRET = "of the client";

  private record Asked(String nonce, String challenge, String returnTo) {}

  private final TestIssuer issuer;
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private volatile Map<String, Object> person = Map.of();
  private volatile boolean forgetsNonce;

  TestLogin(TestIssuer issuer) {
    this.issuer = issuer;
  }

  /** Whoever is sent here from now on has this role and these tenants. */
  void isBy(String role, String... tenants) {
    person = Map.of("roles", List.of(role), "tenants", List.of(tenants));
  }

  /** Whether ID tokens are for somebody else's login. */
  void forgetsNonce(boolean forgets) {
    forgetsNonce = forgets;
  }

  void authorize(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
      String code = UUID.randomUUID().toString();
      codes.put(
          code,
          new Asked(of(asked, "nonce"), of(asked, "code_challenge"), of(asked, "redirect_uri")));
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "%s?code=%s&state=%s"
                  .formatted(
                      of(asked, "redirect_uri"),
                      code,
                      URLEncoder.encode(of(asked, "state"), UTF_8)));
      exchange.sendResponseHeaders(302, -1);
    }
  }

  void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Asked asked = codes.remove(of(sent, "code"));
    if (asked == null
        || !asked.challenge().equals(hash(of(sent, "code_verifier")))
        || !asked.returnTo().equals(sent.get("redirect_uri"))
        || !isClient(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    String idToken =
        issuer.token(
            claims -> {
              person.forEach(claims::claim);
              return claims
                  .audience(CLIENT)
                  .claim("nonce", forgetsNonce ? "another" : asked.nonce());
            });
    issuer.answer(
        exchange,
        "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\"%s\"}"
            .formatted(idToken));
  }

  private static boolean isClient(@Nullable String authorization) {
    String secret = URLEncoder.encode(SECRET, UTF_8);
    String expected =
        "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + secret).getBytes(UTF_8));
    return expected.equals(authorization);
  }

  /** RFC 7636, section 4.2. */
  private static String hash(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String of(Map<String, String> parameters, String name) {
    return parameters.getOrDefault(name, "");
  }

  private static Map<String, String> parameters(String text) {
    return Arrays.stream(text.split("&"))
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], UTF_8)));
  }
}
