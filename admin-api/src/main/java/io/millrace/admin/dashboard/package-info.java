/**
 * JobRunr's dashboard, behind a login: shown to who may read, obeyed where who clicks may operate.
 */
@NullMarked
package io.millrace.admin.dashboard;

import org.jspecify.annotations.NullMarked;
