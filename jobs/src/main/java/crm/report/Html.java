package crm.report;

import crm.report.page.Page;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A page as one HTML file. The browser is told to obey nothing in it but its one style sheet, known
 * by its hash: should a text get past the escaping of the templates, it could still do nothing.
 */
final class Html {
  private static final String TEMPLATES = "crm.report.templates";

  private Html() {}

  static String render(Page page) {
    String style = style();
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Html.class.getClassLoader(), TEMPLATES);
    StringOutput html = new StringOutput();
    templates.render(
        "page.jte", Map.of("page", page, "style", style, "styleHash", sha256(style)), html);
    return html.toString();
  }

  private static String style() {
    try (InputStream in = Html.class.getResourceAsStream("/crm/report/report.css")) {
      // A browser reads line ends as \n, and hashes what it read.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
  }
}
