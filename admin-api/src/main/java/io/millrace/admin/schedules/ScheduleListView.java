package io.millrace.admin.schedules;

import java.util.List;

/** The schedules, by their ids. */
record ScheduleListView(List<ScheduleView> schedules) {}
