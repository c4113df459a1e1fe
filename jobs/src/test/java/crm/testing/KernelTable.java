package crm.testing;

import crm.warehouse.Table;
import crm.warehouse.render.Checksum;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A table as Delta Kernel reads it: without Spark, and with its checksum reckoned in plain Java.
 */
public final class KernelTable {
  private final Snapshot snapshot;
  private final Engine engine = DefaultEngine.create(new Configuration());
  private final Map<String, Long> values = new LinkedHashMap<>();
  private final Map<String, BigInteger> sums = new LinkedHashMap<>();
  private long rows;

  public KernelTable(String path) {
    snapshot = io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine);
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /** The checksum of the newest version. */
  public Checksum checksum(Table table) throws IOException {
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            addFile(state, files.next());
          }
        }
      }
    }
    StringBuilder text = new StringBuilder("rows=" + rows);
    table
        .layout()
        .columns()
        .forEach(
            column ->
                text.append(
                    " %s=%d:%d"
                        .formatted(
                            column.name(),
                            values.getOrDefault(column.name(), 0L),
                            sums.getOrDefault(column.name(), BigInteger.ZERO))));
    return new Checksum(text.toString());
  }

  private void addFile(Row state, Row file) throws IOException {
    CloseableIterator<ColumnarBatch> stored =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData);
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(engine, state, file, stored)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> batch = batches.next().getRows()) {
          while (batch.hasNext()) {
            addRow(batch.next());
          }
        }
      }
    }
  }

  private void addRow(Row row) {
    rows++;
    for (int i = 0; i < row.getSchema().length(); i++) {
      if (!row.isNullAt(i)) {
        StructField field = row.getSchema().at(i);
        values.merge(field.getName(), 1L, Long::sum);
        sums.merge(field.getName(), whole(row, i, field.getDataType()), BigInteger::add);
      }
    }
  }

  private static BigInteger whole(Row row, int i, DataType type) {
    if (type instanceof DecimalType) {
      return row.getDecimal(i).unscaledValue();
    }
    return switch (type.toString()) {
      case "string" -> startOfMd5(row.getString(i));
      case "integer", "date" -> BigInteger.valueOf(row.getInt(i));
      case "long", "timestamp" -> BigInteger.valueOf(row.getLong(i));
      case "boolean" -> row.getBoolean(i) ? BigInteger.ONE : BigInteger.ZERO;
      case "double" -> millionths(row.getDouble(i));
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static BigInteger millionths(double value) {
    return BigInteger.valueOf(Math.abs(value) < 1e9 ? (long) Math.floor(value * 1000000) : 0);
  }

  private static BigInteger startOfMd5(String text) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, Arrays.copyOf(md5, 4));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
