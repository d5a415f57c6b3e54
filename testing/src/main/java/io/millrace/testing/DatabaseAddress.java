package io.millrace.testing;

/**
 * Where a PostgreSQL server is.
 *
 * @param jdbcUrl of a database that exists; the user may create others
 */
record DatabaseAddress(String jdbcUrl, String user, String password) implements ServerAddress {

  /** The address of another database of the server. */
  String database(String name) {
    int options = jdbcUrl.indexOf('?');
    String path = options < 0 ? jdbcUrl : jdbcUrl.substring(0, options);
    String tail = options < 0 ? "" : jdbcUrl.substring(options);
    return path.substring(0, path.lastIndexOf('/') + 1) + name + tail;
  }
}
