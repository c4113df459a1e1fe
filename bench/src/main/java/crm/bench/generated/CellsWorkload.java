package crm.bench.generated;

import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.PurchaseFit;
import crm.learning.purchasing.PurchaseMethod;
import crm.learning.purchasing.SpendCells;
import crm.learning.purchasing.SpendFit;
import java.util.List;
import org.apache.spark.sql.Row;

/** Counted customers, ready for the purchase and the spend model to be fitted to. */
public record CellsWorkload(PurchaseCells purchases, SpendCells spends) {

  public static CellsWorkload read(GeneratedFiles files) {
    List<Row> cells = rows(files, "cells", "x", "t_x", "t", "n");
    List<Row> spends = rows(files, "spend_cells", "x", "n", "spend", "variance", "log_mean");
    return new CellsWorkload(
        new PurchaseCells(
            numbers(cells, "x"), numbers(cells, "t_x"), numbers(cells, "t"), counts(cells)),
        new SpendCells(
            numbers(spends, "x"),
            counts(spends),
            numbers(spends, "spend"),
            numbers(spends, "variance"),
            numbers(spends, "log_mean")));
  }

  private static List<Row> rows(GeneratedFiles files, String name, String... columns) {
    return files.read(name).selectExpr(columns).orderBy("x").collectAsList();
  }

  private static double[] numbers(List<Row> rows, String column) {
    return rows.stream().mapToDouble(row -> ((Number) row.getAs(column)).doubleValue()).toArray();
  }

  private static long[] counts(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.<Long>getAs("n")).toArray();
  }

  public String fitted() {
    return PurchaseFit.of(PurchaseMethod.BG_NBD, purchases, 1).model()
        + " "
        + SpendFit.of(spends, 1).model();
  }
}
