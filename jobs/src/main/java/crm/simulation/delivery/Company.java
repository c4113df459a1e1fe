package crm.simulation.delivery;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A company: the files that its systems deliver, and who acts in it. */
public record Company(List<DeliveredFile> files, List<Population<?>> populations)
    implements Serializable {
  private static final long ACTORS_PER_TASK = 20_000;
  private static final StructType COUNTS =
      new StructType().add("file", StringType).add("kind", StringType).add("count", LongType);

  /**
   * Writes the files of all days.
   *
   * @param home a folder on any Hadoop file system
   * @return rows of file, kind and the number of its lines, in order
   */
  public List<Row> write(SparkSession spark, String home) {
    long actors = populations.stream().mapToLong(Population::size).max().orElseThrow();
    int tasks = (int) Math.max(2, actors / ACTORS_PER_TASK);
    return populations.stream()
        .map(population -> lines(spark, population, tasks))
        .reduce(Dataset::union)
        .orElseThrow()
        .repartition(tasks, col("file"), col("day"))
        .sortWithinPartitions("file", "day", "population", "actor", "number")
        .mapPartitions(new WriteFiles(this, home), Encoders.row(COUNTS))
        .groupBy("file", "kind")
        .agg(sum("count"))
        .orderBy("file", "kind")
        .collectAsList();
  }

  private static Dataset<Row> lines(SparkSession spark, Population<?> population, int tasks) {
    return spark
        .range(1, population.size() + 1, 1, tasks)
        .flatMap(population, Encoders.row(Deliveries.SCHEMA));
  }

  /**
   * The file of that name.
   *
   * @throws NoSuchElementException if a scenario delivers into a file that the company does not
   *     name
   */
  DeliveredFile file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst().orElseThrow();
  }
}
