package io.millrace.admin.dashboard;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Shows JobRunr's dashboard, whose pages ask for what they need by addresses of their own. */
@RestController
@RequestMapping({"/dashboard", "/dashboard/**", "/api/**", "/sse/**"})
final class DashboardController {

  private final DashboardProxy proxy;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  DashboardController(DashboardProxy proxy, AuditTrail audit, TransactionOperations transaction) {
    this.proxy = proxy;
    this.audit = audit;
    this.transaction = transaction;
  }

  @Reads
  @WholeSystem
  @RequestMapping(method = RequestMethod.GET)
  void look(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    proxy.pass(request, response);
  }

  /** Recorded before it is passed on: what cannot be recorded is not done. */
  @Operates
  @WholeSystem
  @RequestMapping(method = {RequestMethod.POST, RequestMethod.DELETE})
  void change(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    transaction.executeWithoutResult(
        _ ->
            audit.record(
                caller,
                "dashboard." + request.getMethod().toLowerCase(Locale.ROOT),
                "dashboard" + request.getRequestURI(),
                null,
                null));
    proxy.pass(request, response);
  }
}
