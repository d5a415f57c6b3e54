package io.millrace.admin.endpoints;

/**
 * What became of the keys that an earlier master key had sealed.
 *
 * @param resealed how many are sealed by the present one now
 * @param unopened how many cannot be opened, since their master key is not configured here
 */
record ResealedView(int resealed, int unopened) {}
