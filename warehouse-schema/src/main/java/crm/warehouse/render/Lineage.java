package crm.warehouse.render;

import crm.warehouse.Table;
import crm.warehouse.job.Job;
import java.util.List;

/** Which job makes which table of which, as a Mermaid picture. */
public final class Lineage {
  private Lineage() {}

  public static String markdown(List<Job> jobs) {
    StringBuilder page =
        new StringBuilder(
            "# Lineage\n\nGenerated from the jobs; do not edit.\n\n```mermaid\nflowchart LR\n");
    for (Job job : jobs) {
      page.append("  %s([%s])\n".formatted(job.name(), job.name()));
      for (Table table : job.reads()) {
        if (!job.writes().contains(table)) {
          page.append("  %s --> %s\n".formatted(table.qualifiedName(), job.name()));
        }
      }
      for (Table table : job.writes()) {
        page.append("  %s --> %s\n".formatted(job.name(), table.qualifiedName()));
      }
    }
    return page.append("```\n").toString();
  }
}
