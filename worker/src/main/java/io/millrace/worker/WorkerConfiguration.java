package io.millrace.worker;

import io.millrace.core.CoreConfiguration;
import io.millrace.worker.claim.ClaimConfiguration;
import io.millrace.worker.dependency.DependencyConfiguration;
import io.millrace.worker.handlers.HandlersConfiguration;
import io.millrace.worker.http.HttpConfiguration;
import io.millrace.worker.httpcall.HttpCallConfiguration;
import io.millrace.worker.mail.MailConfiguration;
import io.millrace.worker.pause.PauseConfiguration;
import io.millrace.worker.pipeline.PipelineConfiguration;
import io.millrace.worker.settlement.SettlementConfiguration;
import io.millrace.worker.signal.SignalConfiguration;
import io.millrace.worker.webhook.WebhookConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A worker, in the order of a message's way through it. */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  SignalConfiguration.class,
  HttpConfiguration.class,
  HttpCallConfiguration.class,
  MailConfiguration.class,
  WebhookConfiguration.class,
  HandlersConfiguration.class,
  ClaimConfiguration.class,
  DependencyConfiguration.class,
  SettlementConfiguration.class,
  PauseConfiguration.class,
  PipelineConfiguration.class
})
public class WorkerConfiguration {}
