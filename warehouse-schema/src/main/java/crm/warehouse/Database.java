package crm.warehouse;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A database reached by JDBC. Its password stands nowhere in the settings, only where to find it.
 *
 * @param url as {@code jdbc:postgresql://host:5432/shop}, without user and password
 * @param passwordFrom {@code env:NAME} or {@code file:/path}
 * @param options of Spark's JDBC data source and of the driver, as {@code fetchsize}
 */
public record Database(
    String url, Optional<String> user, Optional<String> passwordFrom, Map<String, String> options) {

  public Database {
    options = Map.copyOf(options);
    if (!url.startsWith("jdbc:")) {
      throw UserError.usage(
          "url = '%s' is no JDBC address; write as in jdbc:postgresql://host:5432/shop", url);
    }
    if (url.toLowerCase(java.util.Locale.ROOT)
        .matches(".*(password=|pwd=|//[^/]*@|^jdbc:oracle:[a-z0-9]+:[^@]+/[^@]*@).*")) {
      throw UserError.usage(
          "A JDBC url holds a user or a password, which settings and logs would show. Set user, and"
              + " password-from = \"env:NAME\" or \"file:/path\".");
    }
    if (passwordFrom.isPresent() && !passwordFrom.get().matches("(env|file):.+")) {
      throw UserError.usage(
          "password-from does not say where the password is; write env:NAME or file:/path");
    }
  }

  /** Reads {@code url, user, password-from, options}. */
  public static Database of(Config config) {
    Map<String, String> options = new TreeMap<>();
    if (config.hasPath("options")) {
      config
          .getObject("options")
          .forEach((key, value) -> options.put(key, String.valueOf(value.unwrapped())));
    }
    return new Database(
        config.getString("url"), text(config, "user"), text(config, "password-from"), options);
  }

  private static Optional<String> text(Config config, String key) {
    return config.hasPath(key) && !config.getString(key).isEmpty()
        ? Optional.of(config.getString(key))
        : Optional.empty();
  }

  /**
   * Returns what a driver needs to connect, including the password.
   *
   * @throws UserError if the password is not where it should be
   */
  public Properties properties() {
    Properties properties = new Properties();
    properties.putAll(options);
    user.ifPresent(name -> properties.setProperty("user", name));
    passwordFrom.ifPresent(from -> properties.setProperty("password", password(from)));
    return properties;
  }

  /**
   * The class of its driver. Spark has to be told, where the driver came by {@code --jars}: {@code
   * DriverManager} shows a driver only to classes of its own loader.
   *
   * @throws UserError if there is none
   */
  public String driver() {
    try {
      return DriverManager.getDriver(url).getClass().getName();
    } catch (SQLException e) {
      throw UserError.usage(
          "There is no JDBC driver for %s. Give the driver's jar to the launcher: "
              + "CRM_JARS=/path/to/driver.jar crm ...",
          address());
    }
  }

  /**
   * A connection, to be closed by the caller.
   *
   * @throws UserError if there is none to be had
   */
  public Connection connect() {
    driver();
    Properties properties = properties();
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /**
   * Turns a database's complaint into what a person can do about it. Of its own words only those
   * about names and permissions are passed on: others hold values.
   */
  public UserError problem(SQLException complaint) {
    String state = String.valueOf(complaint.getSQLState());
    if (state.startsWith("28") || complaint instanceof SQLInvalidAuthorizationSpecException) {
      return UserError.usage(
          "%s did not accept %s with the password from %s. Check user and password-from.",
          address(), user.map(name -> "user " + name).orElse("us"), passwordFrom.orElse("nowhere"));
    }
    if (state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || complaint instanceof SQLTransientException) {
      return UserError.retryable(
          "%s cannot be reached or is busy (SQLSTATE %s). Check that it runs and that url is right,"
              + " then try again.",
          address(), state);
    }
    if (state.startsWith("40") || state.equals("55P03")) {
      return UserError.retryable(
          "%s gave way to another transaction (SQLSTATE %s). Try again.", address(), state);
    }
    if (state.startsWith("42") || state.startsWith("3")) {
      return UserError.usage(
          "%s refused: %s (SQLSTATE %s). Check the permissions of %s, and the names in url and"
              + " schema.",
          address(),
          UserError.firstLine(complaint),
          state,
          user.map(name -> "user " + name).orElse("the user"));
    }
    if (state.matches("(22|23|P0|44).*")
        || complaint instanceof SQLDataException
        || complaint instanceof SQLIntegrityConstraintViolationException) {
      return UserError.gate(
          "%s does not take or give a value (SQLSTATE %s, error %d): a type, a constraint or a"
              + " trigger forbids it. Its log says which; correct that, or the query.",
          address(), state, complaint.getErrorCode());
    }
    if (state.matches("(0A|25|54).*")
        || complaint instanceof SQLFeatureNotSupportedException
        || complaint instanceof SQLSyntaxErrorException) {
      return UserError.usage(
          "%s cannot do what it is asked to (SQLSTATE %s, error %d). Its log says more; check url,"
              + " table, options and what the user may do.",
          address(), state, complaint.getErrorCode());
    }
    return UserError.retryable(
        "%s failed with SQLSTATE %s, error %d. Its log says more.",
        address(), state, complaint.getErrorCode());
  }

  /**
   * As {@link #problem(SQLException)}, where a database's complaint lies below what others say;
   * also where Spark has no type for a column or no such option.
   */
  public Optional<UserError> problemBelow(Throwable problem) {
    return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(cause -> problem((SQLException) cause))
        .findFirst()
        .or(() -> refusedBySpark(problem));
  }

  private Optional<UserError> refusedBySpark(Throwable problem) {
    if (problem instanceof IllegalArgumentException wrong) {
      return Optional.of(
          UserError.usage("%s: %s. Correct its options.", address(), UserError.firstLine(wrong)));
    }
    return UserError.isOfSetting(problem)
        ? Optional.of(
            UserError.usage(
                "Spark cannot copy from or to %s: %s. Give a query as table that casts or leaves"
                    + " out what it has no type for.",
                address(), UserError.condition(problem)))
        : Optional.empty();
  }

  /** The address without options, which may be secret. */
  public String address() {
    return url.replaceFirst("[?;].*", "");
  }

  private static String password(String from) {
    String place = from.substring(from.indexOf(':') + 1);
    if (from.startsWith("env:")) {
      return Optional.ofNullable(System.getenv(place))
          .orElseThrow(
              () ->
                  UserError.usage(
                      "The password is to be in the environment variable %s, which is not set.",
                      place));
    }
    try {
      return Files.readString(Path.of(place)).strip();
    } catch (IOException e) {
      throw UserError.usage("The password is to be in the file %s, which cannot be read.", place);
    }
  }
}
