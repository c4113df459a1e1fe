package crm.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes what Spark writes as a folder as the one file that other systems deliver. */
final class SparkFiles {
  private SparkFiles() {}

  /**
   * @param folder is written over
   * @return the file in it
   */
  static Path one(Dataset<Row> rows, String format, Path folder) throws IOException {
    rows.coalesce(1).write().format(format).mode("overwrite").save(folder.toString());
    try (var files = Files.list(folder)) {
      List<Path> parts =
          files.filter(file -> file.getFileName().toString().startsWith("part")).toList();
      assertThat(parts).hasSize(1);
      return parts.get(0);
    }
  }
}
