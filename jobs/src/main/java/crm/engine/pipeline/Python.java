package crm.engine.pipeline;

import static java.util.stream.Collectors.joining;

import java.util.Collection;

/** Values as literals of Python, so that no value can become code. */
final class Python {
  private Python() {}

  static String string(String value) {
    StringBuilder literal = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            unit -> {
              switch (unit) {
                case '"', '\\' -> literal.append('\\').append((char) unit);
                case '\n' -> literal.append("\\n");
                default -> {
                  if (unit < ' ' || unit > '~') {
                    literal.append((unit > 0xffff ? "\\U%08x" : "\\u%04x").formatted(unit));
                  } else {
                    literal.append((char) unit);
                  }
                }
              }
            });
    return literal.append('"').toString();
  }

  static String list(Collection<String> values) {
    return values.stream().map(Python::string).collect(joining(", ", "[", "]"));
  }

  static String bool(boolean value) {
    return value ? "True" : "False";
  }
}
