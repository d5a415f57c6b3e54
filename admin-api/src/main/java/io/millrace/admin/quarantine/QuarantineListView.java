package io.millrace.admin.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages.
 *
 * @param next what to ask for as {@code after} to read on; left out on the last page
 */
record QuarantineListView(List<QuarantineView> messages, @Nullable String next) {

  /**
   * The first {@code most} of what was found.
   *
   * @param found one more than {@code most}, if there are as many
   */
  static QuarantineListView of(List<Quarantined> found, int most) {
    List<Quarantined> shown = found.subList(0, Math.min(most, found.size()));
    return new QuarantineListView(
        shown.stream().map(QuarantineView::of).toList(),
        found.size() > most ? QuarantineCursor.of(shown.getLast()) : null);
  }
}
