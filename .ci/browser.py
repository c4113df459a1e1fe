"""Opens a report in Chromium over its debugging pipe and fails on what a reader must not meet.

browser.py BROWSER REPORT PICTURES; called by .ci/browser. Needs nothing but Python.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LOOK = """
(() => {
  const problems = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) problems.push(`the page is ${wide} wide in a window of ${innerWidth}`);
  for (const section of document.querySelectorAll('section')) {
    const name = section.querySelector('h3').textContent;
    const chart = section.querySelector('svg');
    if (!chart) continue;
    const box = chart.getBoundingClientRect();
    if (!(box.width > 200 && box.height > 30)) problems.push(`${name}: no room for the picture`);
    const rows = section.querySelectorAll('tbody tr').length;
    const count = selector => chart.querySelectorAll(selector).length;
    const full = [...chart.querySelectorAll('.big')].filter(text => text.textContent).length;
    // A number per cell, a dot per time, a name per bar; of columns over time the newest are drawn.
    const named = count('.big') ? full : count('circle') || count('.label');
    const marks = named || count('rect.main');
    const drawn = named ? rows : Math.min(rows, 45);
    // A bar may stand for all rows of one name, as of a segment and each way out of it.
    const names = new Set([...section.querySelectorAll('tbody tr')].map(row => row.firstElementChild.textContent)).size;
    if (rows === 0 || (marks !== drawn && !(count('.label') && marks === names))) problems.push(`${name}: ${marks} marks for ${rows} rows`);
    const blank = [...chart.querySelectorAll('.big')].filter(text => !text.textContent && !text.matches('.on0'));
    if (blank.length) problems.push(`${name}: ${blank.length} coloured cells without a number`);
    for (const mark of chart.querySelectorAll('rect, circle, polygon, polyline')) {
      const r = mark.getBoundingClientRect();
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1)
        problems.push(`${name}: a mark lies outside the picture`);
    }
    const texts = [...chart.querySelectorAll('text')].filter(text => text.textContent);
    const boxes = texts.map(text => text.getBoundingClientRect());
    boxes.forEach((a, i) => {
      if (a.left < box.left - 1 || a.right > box.right + 1)
        problems.push(`${name}: '${texts[i].textContent}' is cut off`);
      boxes.slice(i + 1).forEach((b, j) => {
        if (a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
          problems.push(`${name}: '${texts[i].textContent}' and '${texts[i + 1 + j].textContent}' overlap`);
      });
    });
  }
  if (document.querySelectorAll('section').length !== 23) problems.push('not all sections are there');
  if (document.querySelectorAll('svg.chart').length < 7) problems.push('pictures are missing');
  return problems;
})()
"""

HOSTILE = ["</title><script>alert(1)</script>", '{{7*7}} ${7*7} "onload="alert(2)" <img src=x onerror=alert(3)>']


class Browser:
    """A headless browser, spoken to in messages of JSON that end with a NUL."""

    def __init__(self, program, profile):
        to_read, self.to = os.pipe()
        self.from_, to_write = os.pipe()

        def pipes():
            os.dup2(to_read, 3)
            os.dup2(to_write, 4)

        # Moved out of the way, so that 3 and 4 are free in the child whatever the pipes got.
        to_read, to_write = (os.dup2(fd, fd + 100, inheritable=True) for fd in (to_read, to_write))
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
             f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            preexec_fn=pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.count, self.events, self.session = b"", 0, [], None

    def message(self):
        while b"\0" not in self.buffer:
            read = os.read(self.from_, 1 << 16)
            if not read:
                raise SystemExit("The browser ended before its time.")
            self.buffer += read
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.count += 1
        question = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            question["sessionId"] = self.session
        os.write(self.to, json.dumps(question).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def page(self):
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.ask(domain + ".enable")
        self.events.clear()

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message())


def evaluate(browser, expression):
    return browser.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")


def complaints(events, address):
    """What the browser met: messages, requests, dialogs, issues."""
    for event in events:
        method, what = event.get("method"), event.get("params", {})
        if method == "Runtime.consoleAPICalled":
            yield "console: " + json.dumps(what["args"])[:200]
        elif method == "Runtime.exceptionThrown":
            yield "exception: " + what["exceptionDetails"]["text"]
        elif method == "Log.entryAdded":
            yield "console: " + what["entry"]["text"]
        elif method == "Network.requestWillBeSent" and what["request"]["url"] != address:
            yield "request: " + what["request"]["url"][:200]
        elif method == "Page.javascriptDialogOpening":
            yield "dialog: " + what["message"]
        elif method == "Audits.issueAdded":
            yield "issue: " + json.dumps(what["issue"])[:300]


def visit(browser, report, width, height, scheme, picture=None):
    """Problems of the report in a window."""
    address = report.resolve().as_uri()
    browser.page()
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                deviceScaleFactor=2 if width < 500 else 1, mobile=width < 500)
    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.ask("Page.navigate", url=address)
    browser.wait("Page.loadEventFired")
    problems = evaluate(browser, LOOK)
    ground = evaluate(browser, "getComputedStyle(document.body).backgroundColor")
    light = sum(int(part) for part in ground.strip("rgb()").split(",")[:3]) > 380
    if light != (scheme == "light"):
        problems.append(f"the ground is {ground} where the reader prefers {scheme}")
    problems += complaints(browser.events, address)
    if picture:
        shot = browser.ask("Page.captureScreenshot", captureBeyondViewport=True)
        picture.write_bytes(base64.b64decode(shot["data"]))
    # Open tables must not widen the page either.
    evaluate(browser, "document.querySelectorAll('details').forEach(details => details.open = true)")
    problems += [problem + " (tables open)" for problem in evaluate(browser, LOOK)]
    if evaluate(browser, "document.querySelectorAll('script, img, iframe, link, object, [style]').length"):
        problems.append("the page holds elements that a template did not write")
    return [f"{width}x{height} {scheme}: {problem}" for problem in problems]


def main(program, report, pictures):
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, profile)
        problems = []
        for name, width, height in (("desktop", 1280, 900), ("phone", 360, 740)):
            for scheme in ("light", "dark"):
                problems += visit(browser, report, width, height, scheme, pictures / f"{name}-{scheme}.png")
        words = evaluate(browser, "document.body.textContent")
        problems += [f"the product named {name} is not there as text" for name in HOSTILE if name not in words]
        pdf = browser.ask("Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69)
        (pictures / "print.pdf").write_bytes(base64.b64decode(pdf["data"]))

        # A check that cannot fail says nothing: of a spoiled copy the browser must complain.
        spoiled = pathlib.Path(profile) / "spoiled.html"
        spoiled.write_text(report.read_text("utf-8").replace(
            "</main>", "<p style='width:2000px'>x</p><script>alert(1)</script><img src='http://127.0.0.1:9/x'></main>"),
            "utf-8")
        found = " ".join(visit(browser, spoiled, 360, 740, "light"))
        for expected in ("console: ", "script", "elements that a template did not write"):
            if expected not in found:
                problems.append(f"a spoiled report went unnoticed: no '{expected}' in {found}")
        browser.session = None
        browser.ask("Browser.close")
        browser.process.wait(20)
    if problems:
        raise SystemExit("\n".join(problems))
    print(f"The report holds in the browser: 1280 and 360 wide, light and dark. Pictures: {pictures}")


main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
