package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenID Connect provider, as far as somebody who checks its tokens sees it. */
final class TestIssuer implements AutoCloseable {

  static final String AUDIENCE = "millrace";

  private static final String KEYS = "/keys";

  private final HttpServer server;
  private volatile RSAKey key = newKey();
  private final TestLogin login = new TestLogin(this);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean away;

  TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                """
                {"issuer": "%1$s", "jwks_uri": "%1$s%2$s", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token", "subject_types_supported": ["public"],
                 "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
                """
                    .formatted(uri(), KEYS)));
    server.createContext(
        KEYS,
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
    server.createContext("/authorize", login::authorize);
    server.createContext("/token", login::token);
    server.start();
  }

  /** How people log in there. */
  TestLogin login() {
    return login;
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  RSAKey key() {
    return key;
  }

  /** From now on it signs with another key. */
  void changeKey() {
    key = newKey();
  }

  /** How often the keys were asked for. */
  int asked() {
    return asked.get();
  }

  /** Whether it fails whoever asks. */
  void isAway(boolean isAway) {
    away = isAway;
  }

  /** A token that is good for some minutes, with further claims. */
  String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
    return signed(claims.apply(claims()).build(), key);
  }

  /** Of somebody who may do everything. */
  String admin() {
    return signed(adminClaims(), key);
  }

  JWTClaimsSet adminClaims() {
    return claims()
        .claim("roles", List.of("admin"))
        .claim("tenants", "*")
        .claim("scope", "openid millrace:payloads")
        .build();
  }

  JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(uri())
        .audience(AUDIENCE)
        .subject("somebody")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(600)));
  }

  static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(away ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
