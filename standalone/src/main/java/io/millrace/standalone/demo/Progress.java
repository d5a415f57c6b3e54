package io.millrace.standalone.demo;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param done jobs that have ended, in whatever way
 * @param failed those among them that did not succeed
 * @param total all jobs of the run
 * @param elapsed since the first was published
 * @param perSecond jobs that ended a second, lately
 */
record Progress(int done, int failed, int total, Duration elapsed, double perSecond) {}
