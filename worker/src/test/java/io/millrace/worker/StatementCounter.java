package io.millrace.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL driver, which counts the statements that are executed on jobs. */
public final class StatementCounter implements Driver {

  private static final AtomicLong ON_JOBS = new AtomicLong();

  private final Driver driver;

  public StatementCounter() throws SQLException {
    driver = DriverManager.getDriver("jdbc:postgresql:");
  }

  static void reset() {
    ON_JOBS.set(0);
  }

  /** How many statements that name the table {@code job} were executed. */
  static long onJobs() {
    return ON_JOBS.get();
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    return connection == null ? null : proxy(Connection.class, connection, "");
  }

  private static <T> T proxy(Class<T> type, Object target, String sql) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementCounter.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              count(method, sql);
              Object result = invoke(method, target, arguments);
              boolean prepares = method.getName().equals("prepareStatement");
              return prepares && result != null
                  ? proxy(PreparedStatement.class, result, String.valueOf(arguments[0]))
                  : result;
            }));
  }

  private static void count(Method method, String sql) {
    if (method.getName().startsWith("execute") && sql.contains(" job ")) {
      ON_JOBS.incrementAndGet();
    }
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return driver.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
