package io.millrace.admin.dashboard;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Shows JobRunr's dashboard, whose pages ask for what they need by addresses of their own. */
@RestController
@RequestMapping({"/dashboard", "/dashboard/**", "/api/**", "/sse/**"})
final class DashboardController {

  private static final Logger LOG = LoggerFactory.getLogger(DashboardController.class);

  private final DashboardProxy proxy;

  DashboardController(DashboardProxy proxy) {
    this.proxy = proxy;
  }

  @Reads
  @WholeSystem
  @RequestMapping(method = RequestMethod.GET)
  void look(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    proxy.pass(request, response);
  }

  @Operates
  @WholeSystem
  @RequestMapping(method = {RequestMethod.POST, RequestMethod.DELETE})
  void change(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    LOG.atInfo()
        .addKeyValue("by", caller.subject())
        .addKeyValue("method", request.getMethod())
        .addKeyValue("path", request.getRequestURI())
        .log("change by the dashboard");
    proxy.pass(request, response);
  }
}
