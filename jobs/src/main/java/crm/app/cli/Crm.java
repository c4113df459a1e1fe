package crm.app.cli;

import crm.engine.files.StoragePath;
import crm.engine.history.DateRange;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The command {@code crm} and its subcommands. */
@Command(
    name = "crm",
    description = "A batch analytics CRM on Spark and Delta Lake.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      SampleCommand.class,
      RunCommand.class,
      PipelineCommand.class,
      AirflowCommand.class,
      ListCommand.class,
      TablesCommand.class,
      StatusCommand.class,
      ModelsCommand.class,
      RejectedCommand.class,
      SqlCommand.class,
      ReportCommand.class,
      ShowCommand.class,
      PublishCommand.class,
      AudienceCommand.class,
      ExportCommand.class,
      RebuildCommand.class,
      MaintenanceCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Example:",
      "  crm demo",
      "",
      "Exit codes: 0 ok, 1 try again later, 2 wrong command or setting, 3 the data broke a rule,",
      "4 another writer won."
    })
public final class Crm {

  /** Runs a command; a problem the user can solve is one message, anything else is our mistake. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Crm()).setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(LocalDate.class, Crm::date);
    commandLine.registerConverter(DateRange.class, Crm::dates);
    commandLine.registerConverter(StoragePath.class, StoragePath::new);
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          PrintWriter err = command.getErr();
          if (exception instanceof UserError error) {
            err.println("crm: " + error.getMessage());
            return error.exitCode().value();
          }
          err.println(
              "crm: stopped with %s. Set CRM_TRACE=1 to see where; its output may hold record values."
                  .formatted(UserError.condition(exception)));
          if (System.getenv("CRM_TRACE") != null) {
            exception.printStackTrace(err);
          }
          return ExitCode.RETRYABLE.value();
        });
    return commandLine;
  }

  private static DateRange dates(String text) {
    try {
      return DateRange.parse(text);
    } catch (UserError e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is no date. Write yyyy-MM-dd, as in 2026-11-01.");
    }
  }
}
