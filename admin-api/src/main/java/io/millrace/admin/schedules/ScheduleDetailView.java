package io.millrace.admin.schedules;

import java.util.List;

/**
 * A schedule with its latest times.
 *
 * @param firings what became of them and of triggers by hand, the latest first
 */
record ScheduleDetailView(ScheduleView schedule, List<ScheduleView.FiringView> firings) {}
