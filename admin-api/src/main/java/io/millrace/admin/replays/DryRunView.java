package io.millrace.admin.replays;

import java.util.List;
import java.util.UUID;

/**
 * What a replay would be about.
 *
 * @param total how many jobs
 * @param samples some of them, the latest first
 */
record DryRunView(long total, List<UUID> samples) {}
