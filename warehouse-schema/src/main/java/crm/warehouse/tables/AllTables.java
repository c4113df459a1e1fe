package crm.warehouse.tables;

import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.customer.ChurnTables;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.customer.SegmentTables;
import crm.warehouse.tables.marketing.MarketingTables;
import crm.warehouse.tables.ops.OpsTables;
import crm.warehouse.tables.sales.ForecastTables;
import crm.warehouse.tables.sales.SalesTables;
import java.util.List;
import java.util.stream.Stream;

/** The catalog of stored tables. */
public final class AllTables {
  private AllTables() {}

  public static final List<Table> ALL =
      Stream.of(
              CustomerTables.ALL,
              SegmentTables.ALL,
              ChurnTables.ALL,
              SalesTables.ALL,
              MarketingTables.ALL,
              ForecastTables.ALL,
              OpsTables.ALL)
          .flatMap(List::stream)
          .toList();

  /** The table of that name, with or without its layer. */
  public static Table named(String name) {
    return ALL.stream()
        .filter(table -> table.qualifiedName().equals(name) || table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "There is no table '%s'. List them with: crm tables. There are: %s.",
                    name, String.join(", ", ALL.stream().map(Table::qualifiedName).toList())));
  }
}
