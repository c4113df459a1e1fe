package crm.app;

import crm.app.cli.Crm;

/** The entry point of the shipped jar. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int exitCode = Crm.execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
