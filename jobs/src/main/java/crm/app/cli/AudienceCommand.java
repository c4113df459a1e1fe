package crm.app.cli;

import crm.engine.store.PublishedTables;
import crm.export.audience.Audience;
import crm.export.audience.ExportSettings;
import crm.export.audience.Outcome;
import crm.export.audience.Selection;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the audiences there are, and what would become of the customers of one. */
@Command(
    name = "audience",
    description = {
      "List the audiences of conf/audiences/, or preview one: how many customers it has, and how",
      "many of them would be left out of its files and why."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm audience list",
      "  crm audience preview champions",
      "  crm audience preview champions --date 2026-11-01"
    })
final class AudienceCommand implements Callable<Integer> {
  private enum Action {
    LIST,
    PREVIEW;

    /** As people write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private Workspace workspace;

  @Parameters(index = "0", paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}")
  private Action action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AUDIENCE",
      description = "The audience to preview.")
  private String name;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "The date of customer_360 to preview. Default: the newest.")
  private LocalDate date;

  @Override
  public Integer call() {
    switch (action) {
      case LIST -> list(workspace.settings().exports());
      case PREVIEW -> preview();
    }
    return ExitCode.OK.value();
  }

  private static void list(ExportSettings exports) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("audience", "channel", "purpose", "least", "description"));
    for (String available : exports.available()) {
      lines.add(line(exports, available));
    }
    Rows.table(lines);
  }

  /** One that is wrong does not hide the others. */
  private static List<String> line(ExportSettings exports, String name) {
    try {
      Audience audience = exports.audience(name);
      return List.of(
          name,
          audience.channel().toString(),
          audience.purpose(),
          String.valueOf(audience.minimumSize()),
          audience.description());
    } catch (UserError e) {
      return List.of(
          name, "-", "-", "-", "cannot be used; crm audience preview " + name + " says why");
    }
  }

  private void preview() {
    if (name == null) {
      throw UserError.usage(
          "Name the audience to preview: crm audience preview NAME. List them with: crm audience"
              + " list");
    }
    Audience audience = workspace.settings().exports().audience(name);
    PublishedTables published = new PublishedTables(workspace.warehouse());
    audience.check(published.spark());
    try (Selection selection = Selection.of(audience, published, Optional.ofNullable(date))) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("outcome", "customers", "meaning"));
      for (Map.Entry<Outcome, Long> counted : selection.counts().entrySet()) {
        lines.add(
            List.of(
                counted.getKey() == Outcome.EXPORTED ? "reachable" : counted.getKey().toString(),
                "%,d".formatted(counted.getValue()),
                counted.getKey().meaning()));
      }
      lines.add(
          List.of(
              "matched",
              "%,d".formatted(selection.matched()),
              "the rule is true on " + selection.date()));
      Rows.table(lines);
      System.out.println(
          selection.reachable() < audience.minimumSize()
              ? "There would be no file: minimum-size is %,d.".formatted(audience.minimumSize())
              : "Write the file with: crm export " + name);
    }
  }
}
