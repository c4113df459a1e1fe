package crm.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.zone.ZoneRulesProvider;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this program was built from. */
public final class Version implements IVersionProvider {

  /** The commit, or "unknown" where the program was built outside a repository. */
  public static String commit() {
    try (InputStream in = Version.class.getResourceAsStream("/git.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("git.commit.id.abbrev", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "crm %s, commit %s".formatted(version == null ? "in development" : version, commit()),
      "Java %s, time zones %s".formatted(System.getProperty("java.version"), timeZones())
    };
  }

  /** The release of the tz database that this JDK knows, as 2025a. */
  private static String timeZones() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }
}
