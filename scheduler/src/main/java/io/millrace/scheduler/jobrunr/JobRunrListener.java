package io.millrace.scheduler.jobrunr;

/** Takes in what happens to JobRunr's server. Called on the thread that supervises it. */
@FunctionalInterface
interface JobRunrListener {

  void on(JobRunrEvent event);
}
