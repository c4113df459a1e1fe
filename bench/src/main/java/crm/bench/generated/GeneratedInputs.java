package crm.bench.generated;

import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The made files as a job's inputs; a table without files has no rows. */
public record GeneratedInputs(GeneratedFiles files) implements Inputs {

  @Override
  public Dataset<Row> get(Table table) {
    return Files.exists(Path.of(files.path(table.name())))
        ? files.read(table.name())
        : files.spark().createDataFrame(List.<Row>of(), table.layout().schema());
  }

  @Override
  public Dataset<Row> cached(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
    return files.spark().createDataFrame(persisted.javaRDD(), persisted.schema());
  }

  @Override
  public Optional<Previous> previous(Table own) {
    return Optional.empty();
  }

  @Override
  public Dataset<Row> history(Table own) {
    return get(own);
  }

  @Override
  public Dataset<Row> get(Table table, Dataset<Row> keys) {
    throw stateless();
  }

  @Override
  public Dataset<Row> asOfState(Table table, Dataset<Row> keys) {
    throw stateless();
  }

  @Override
  public Dataset<Row> changedKeys(Table table) {
    throw stateless();
  }

  @Override
  public Dataset<Row> loadedBefore(Table own) {
    throw stateless();
  }

  private static UnsupportedOperationException stateless() {
    return new UnsupportedOperationException("What is measured here keeps no state.");
  }
}
