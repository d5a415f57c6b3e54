package io.millrace.scheduler.schedule;

/** Takes in what happens to schedules. Called on the threads that do it: be quick, do not throw. */
@FunctionalInterface
interface ScheduleListener {

  void on(ScheduleEvent event);
}
