package io.millrace.worker.claim;

import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.intake.Intake;

/** What the steps of one incarnation share. */
public record Surroundings(
    Intake intake,
    DatabaseGuard database,
    Recording recording,
    ActiveJobs active,
    HeldJobs held,
    Announcer announcer) {}
