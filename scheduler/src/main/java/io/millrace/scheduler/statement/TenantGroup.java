package io.millrace.scheduler.statement;

import io.millrace.batch.Partition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tenants that stand side by side in the order of the database.
 *
 * @param after which tenant they begin, exclusively; empty, which is before every tenant's name,
 *     for the first of all
 * @param last where they end, inclusively
 * @param tenants how many there were when they were counted
 */
record TenantGroup(String after, String last, long tenants) {

  private static final String AFTER = "after";
  private static final String LAST = "last";

  /** Where a group ends. */
  record End(String last, long tenants) {}

  static End end(ResultSet row, int number) throws SQLException {
    return new End(row.getString(LAST), row.getLong("tenants"));
  }

  /** Groups that leave no tenant out, also none that comes between two of them later. */
  static List<TenantGroup> inOrder(List<End> ends) {
    List<TenantGroup> groups = new ArrayList<>(ends.size());
    String after = "";
    for (End end : ends) {
      groups.add(new TenantGroup(after, end.last(), end.tenants()));
      after = end.last();
    }
    return groups;
  }

  static List<Partition> asPartitions(List<TenantGroup> groups) {
    List<Partition> partitions = new ArrayList<>(groups.size());
    for (TenantGroup group : groups) {
      partitions.add(
          new Partition(
              "tenants-" + (partitions.size() + 1),
              group.tenants,
              Map.of(AFTER, group.after, LAST, group.last)));
    }
    return partitions;
  }

  static TenantGroup of(Partition partition) {
    return new TenantGroup(partition.text(AFTER), partition.text(LAST), partition.items());
  }

  /** What is left of it behind a tenant. */
  TenantGroup behind(String tenant) {
    return new TenantGroup(tenant, last, tenants);
  }
}
