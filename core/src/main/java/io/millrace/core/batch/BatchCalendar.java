package io.millrace.core.batch;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which day it is for whoever says {@code today} of a batch run. The same for all processes.
 *
 * @param zone where the days of the business begin: {@code UTC}, {@code Europe/Berlin}
 */
@ConfigurationProperties("millrace.batch")
public record BatchCalendar(@DefaultValue("UTC") ZoneId zone) {

  public LocalDate today(InstantSource clock) {
    return LocalDate.ofInstant(clock.instant(), zone);
  }
}
