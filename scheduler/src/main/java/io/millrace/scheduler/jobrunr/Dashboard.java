package io.millrace.scheduler.jobrunr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.dashboard.JobRunrStaticFileHandler;
import org.jobrunr.dashboard.server.HttpExchangeHandler;
import org.jobrunr.dashboard.server.http.RedirectHttpHandler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * JobRunr's dashboard on a server of our own, for its own one listens on every address, compares
 * passwords letter by letter, and obeys the pages of others.
 */
final class Dashboard implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
  private static final int DEFAULT_BACKLOG = 0;

  private final StorageProvider storage;
  private final JsonMapper json;
  private final DashboardProperties properties;
  private final List<HttpExchangeHandler> handlers = new ArrayList<>();
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  Dashboard(StorageProvider storage, JsonMapper json, DashboardProperties properties) {
    this.storage = new ThreadSafeStorageProvider(storage);
    this.json = json;
    this.properties = properties;
  }

  /**
   * @throws UncheckedIOException if the port is taken
   */
  @Override
  public synchronized void start() {
    InetSocketAddress address = new InetSocketAddress(properties.address(), properties.port());
    try {
      server = HttpServer.create(address, DEFAULT_BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the dashboard cannot listen on %s: set millrace.dashboard.port".formatted(address), e);
    }
    threads = Executors.newThreadPerTaskExecutor(threadsWith(getClass().getClassLoader()));
    server.setExecutor(threads);
    open(server, new RedirectHttpHandler("/", "/dashboard"));
    open(server, new JobRunrStaticFileHandler());
    open(server, new JobRunrApiHandler(storage, json, false));
    open(server, new JobRunrSseHandler(storage, json));
    server.start();
    LOG.atInfo().addKeyValue("address", server.getAddress()).log("the dashboard is there");
    if (!properties.address().isLoopbackAddress()) {
      LOG.atWarn()
          .log("the dashboard is reachable from elsewhere, and its password travels in the clear");
    }
  }

  /** JobRunr's handlers look for their files with the class loader of the thread. */
  private static ThreadFactory threadsWith(ClassLoader loader) {
    ThreadFactory virtual = Thread.ofVirtual().name("millrace-dashboard-", 0).factory();
    return work -> {
      Thread thread = virtual.newThread(work);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  private void open(HttpServer server, HttpExchangeHandler handler) {
    handlers.add(handler);
    HttpContext context = server.createContext(handler.getContextPath(), handler);
    context.setAuthenticator(
        new BasicAuthenticator("Millrace", UTF_8) {
          @Override
          public boolean checkCredentials(String user, String password) {
            return isSame(user, properties.user()) & isSame(password, properties.password());
          }
        });
    context.getFilters().add(new OwnPagesOnly());
  }

  private static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  /** Where it listens. */
  synchronized InetSocketAddress address() {
    if (server == null) {
      throw new IllegalStateException("the dashboard is not there");
    }
    return server.getAddress();
  }

  @Override
  public synchronized void stop() {
    if (server == null || threads == null) {
      return;
    }
    handlers.forEach(HttpExchangeHandler::close);
    handlers.clear();
    server.stop(0);
    threads.shutdownNow();
    server = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return server != null;
  }
}
