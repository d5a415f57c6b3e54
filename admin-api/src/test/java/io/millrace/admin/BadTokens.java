package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tokens that would allow everything, if they were good. */
final class BadTokens {

  private final TestIssuer issuer;
  private final RSAKey stranger = TestIssuer.newKey();

  BadTokens(TestIssuer issuer) {
    this.issuer = issuer;
  }

  /** By what is wrong with them. */
  Map<String, String> all() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired", with(claims -> claims.expirationTime(in(-31))));
    tokens.put("without an end", with(claims -> claims.expirationTime(null)));
    tokens.put("not yet valid", with(claims -> claims.notBeforeTime(in(60))));
    tokens.put("for somebody else", with(claims -> claims.audience("payroll")));
    tokens.put("for nobody", with(claims -> claims.audience((String) null)));
    tokens.put("of another issuer", with(claims -> claims.issuer("https://other.example")));
    tokens.put("of no issuer", with(claims -> claims.issuer(null)));
    tokens.put("whose it is unsaid", with(claims -> claims.subject(null)));
    tokens.put("with tenants in numbers", with(claims -> claims.claim("tenants", 7)));
    tokens.put("with a pattern that is none", with(claims -> claims.claim("types", "loan*")));
    tokens.put("signed by a stranger", TestIssuer.signed(good(), stranger));
    tokens.put("signed by a stranger in the issuer's name", TestIssuer.signed(good(), impostor()));
    tokens.put("tampered with", tampered());
    tokens.put("without a signature", new PlainJWT(good()).serialize());
    tokens.put("with its signature cut off", cut());
    tokens.put("signed with the public key as a secret", bySecret());
    tokens.put("not a token", "tr0ub4dor");
    return tokens;
  }

  private String with(UnaryOperator<JWTClaimsSet.Builder> wrong) {
    return TestIssuer.signed(wrong.apply(new JWTClaimsSet.Builder(good())).build(), issuer.key());
  }

  private JWTClaimsSet good() {
    return issuer.adminClaims();
  }

  private RSAKey impostor() {
    return new RSAKey.Builder(stranger).keyID(issuer.key().getKeyID()).build();
  }

  private String tampered() {
    String[] parts = TestIssuer.signed(issuer.claims().build(), issuer.key()).split("\\.");
    return parts[0] + "." + base64(good().toString()) + "." + parts[2];
  }

  private String cut() {
    String[] parts = TestIssuer.signed(good(), issuer.key()).split("\\.");
    return parts[0] + "." + parts[1] + ".";
  }

  private String bySecret() {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
            good());
    try {
      token.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
