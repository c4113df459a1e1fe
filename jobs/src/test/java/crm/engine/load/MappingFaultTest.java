package crm.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.CapturedLog;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping whose expression stops Spark is a wrong setting: exit 2, and told which and why. */
class MappingFaultTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final String SECRET = "Zyxwvu";
  private static final String FILE =
      "{\"id\":\"%1$s\",\"buyer\":\"%1$s\",\"at\":\"2026-01-05\",\"n\":\"0\"}%n".formatted(SECRET);

  /** The line that is wrong, and what to write instead. */
  private static final Map<String, String> FAULTS = new LinkedHashMap<>();

  static {
    FAULTS.put("order_id = \"split(id, '-')[1]\"", "get(array, index)");
    FAULTS.put("order_id = \"element_at(split(id, '-'), 5)\"", "try_element_at(array, index)");
    FAULTS.put("channel = \"100 / cast(n as int)\"", "try_divide(a, b)");
    FAULTS.put("channel = \"7 % cast(n as int)\"", "try_mod(a, b)");
    FAULTS.put("channel = \"2147483647 + length(buyer)\"", "try_add");
    FAULTS.put("ordered_at = \"date(buyer)\"", "try_cast(");
    FAULTS.put("ordered_at = \"make_date(2026, 13, length(id))\"", "begins with try_");
    FAULTS.put("customer_id = \"map_from_arrays(array(id, id), array(n, n))[n]\"", "try_");
    FAULTS.put("customer_id = \"raise_error(buyer)\"", "case when");
    FAULTS.put("customer_id = \"nosuch(buyer)\"", "UNRESOLVED_ROUTINE");
    FAULTS.put("customer_id = \"buyer + array(1)\"", "DATATYPE_MISMATCH");
    FAULTS.put("where = \"cast(buyer as int) > 0\"", "try_cast(");
    FAULTS.put("sequence = \"bigint(buyer)\"", "try_cast(");
    FAULTS.put("currency = \"decode(unhex('41'), buyer)\"", "begins with try_");
    FAULTS.put("logical-date = \"date(buyer)\"", "try_cast(");
  }

  private static String source(int number, String fault) {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("order_id", "order_id = id");
    columns.put("ordered_at", "ordered_at = at");
    columns.put("status", "status = \"'placed'\"");
    String key = fault.substring(0, fault.indexOf(' '));
    boolean isColumn = key.contains("_") || key.equals("channel");
    if (isColumn) {
      columns.put(key, fault);
    }
    return """
    source = s%d
    feeds.orders {
      files = "{date}.json"
      format.type = json
      %s
      tables.orders {
        %s
        columns { %s }
      }
    }
    """
        .formatted(
            number,
            key.equals("logical-date") ? fault : "",
            isColumn || key.equals("logical-date") ? "" : fault,
            String.join(", ", columns.values()));
  }

  @Test
  void theExpressionItsColumnAndTheRemedyAreNamedAndNoValue(@TempDir Path home) {
    List<String> sources = new ArrayList<>();
    FAULTS.keySet().forEach(fault -> sources.add(source(sources.size(), fault)));
    Workbench bench = Workbench.ofSource(home, sources.toArray(String[]::new));
    bench.land("2026-01-05.json", FILE);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(bench.load(DAY)).isEqualTo(ExitCode.USAGE);
      assertThat(bench.said() + log.text()).doesNotContain(SECRET);
    }
    List<String> told = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, String> fault : FAULTS.entrySet()) {
      String message =
          bench
              .stored(OpsTables.JOB_RUNS)
              .where("job = 'load_s%d_orders' and exit_code = 2".formatted(number++))
              .select("message")
              .collectAsList()
              .toString();
      if (!message.contains(fault.getKey()) || !message.contains(fault.getValue())) {
        told.add(fault + " is told as " + message);
      }
    }
    assertThat(told).isEmpty();
  }

  /**
   * What {@code where} leaves out is not looked at to find the expression that stopped the load.
   */
  @Test
  void anExpressionThatNoRecordNeedsIsNotBlamed(@TempDir Path home) {
    Workbench bench =
        Workbench.ofSource(
            home,
            source(0, "order_id = \"split(id, '-')[1]\"")
                .replace(
                    "columns {",
                    "where = \"n = '0'\", columns { channel = \"split(id, '-')[2]\","));
    bench.land("2026-01-05.json", FILE.replace(SECRET, "a-b") + FILE.replace("\"0\"", "\"1\""));
    bench.load(DAY);
    assertThat(bench.said()).contains("channel = \"split(id, '-')[2]\"").doesNotContain("order_id");
  }
}
