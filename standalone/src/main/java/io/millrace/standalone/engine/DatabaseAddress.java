package io.millrace.standalone.engine;

/**
 * A database of PostgreSQL.
 *
 * @param url a JDBC URL
 */
public record DatabaseAddress(String url, String user, String password) {

  @Override
  public String toString() {
    return "DatabaseAddress[url=%s, user=%s]".formatted(url, user);
  }
}
