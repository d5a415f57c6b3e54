package io.millrace.admin.events;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Something that people watch, such as jobs: looked at many at a time. */
public interface Watchable {

  /**
   * How these stand; those that are not there any more are left out. It is asked once a second for
   * all that are watched.
   */
  Map<UUID, Standing> look(Collection<UUID> ids);

  /**
   * How one of them stands.
   *
   * @param view what its watchers are told, as JSON; they are told anew if it is not equal to the
   *     one before
   * @param ended whether it will not change any more
   */
  record Standing(Object view, boolean ended) {}
}
