package io.millrace.core.store;

import io.millrace.core.dependency.DependencyKey;
import java.util.List;

/**
 * The jobs that wait for a dependency. Every method joins the transaction at hand. Safe for use by
 * many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface ParkedStore {

  /**
   * The dependencies that parked jobs wait for, in their order.
   *
   * @param after where to begin, exclusively; empty for the first
   */
  List<DependencyKey> awaited(String after, int most);

  /**
   * Claims the dependency for this transaction, unless another dispatcher has, and locks as many of
   * its parked jobs as may come back beside those that are on their way or run: tenant by tenant,
   * and of each those that were parked first. None comes back before its time.
   *
   * @param window how many may be on their way or run at a time
   * @param after behind which tenant to begin
   */
  List<JobHead> lockNext(DependencyKey dependency, int window, String after);
}
