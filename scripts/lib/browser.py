#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens pages of an output folder in a headless Chromium and checks them as a reader would.

    browser.py check DIR [--axe AXE.JS]   every fault on a line of its own; exit 1 when there is one
    browser.py shot PAGE OUT.png [WIDTH [HEIGHT]] [--dark]
    browser.py print PAGE MOST        exit 1 when it prints on more than MOST sheets, its summary is not whole on the
                                      first, not alone on one or not whole on a screen of 1280 by 900, or a sheet lacks
                                      its sample, table or number (the text needs pypdf)

Speaks the DevTools protocol over a pipe; needs Chromium (CHROMIUM names another one) and nothing beside Python.
"""
import base64
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.parse


class Chromium:
    """A browser with one page."""

    def __init__(self, folder):
        command = os.environ.get("CHROMIUM", "chromium")
        to_child, from_us = os.pipe()
        to_us, from_child = os.pipe()

        def wire():
            # The protocol is read from descriptor 3 and written to 4; both may be in use by one of the pipes.
            read, write = os.dup(to_child), os.dup(from_child)
            read, write = os.dup2(read, 100), os.dup2(write, 101)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            [command, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--no-first-run", "--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND",
             f"--user-data-dir={folder}/profile", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.output, self.input = os.fdopen(from_us, "wb", buffering=0), os.fdopen(to_us, "rb", buffering=0)
        self.pending, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def message(self):
        while b"\0" not in self.pending:
            data = self.input.read(1 << 20)
            if not data:
                sys.exit("browser: Chromium ended (is it installed?)")
            self.pending += data
        text, self.pending = self.pending.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        self.output.write(json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, page, width=1280, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.events = []
        self.call("Page.navigate", url=page.resolve().as_uri())
        end = time.time() + 30
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            if time.time() > end:
                sys.exit(f"browser: {page} did not load in 30 seconds")
            self.events.append(self.message())

    def run(self, script):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script[:80]}: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    def wait(self, script, seconds=5):
        """Whether an expression becomes true."""
        end = time.time() + seconds
        while time.time() < end:
            if self.run(script):
                return True
            time.sleep(0.05)
        return False

    def complaints(self):
        """Errors of scripts and policies since the page was opened, and what it asked for beside itself."""
        found = []
        for event in self.events:
            parameters = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append("script: " + parameters["exceptionDetails"].get("text", ""))
            if event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                found.append("error: " + parameters["entry"]["text"])
            if event.get("method") == "Network.requestWillBeSent" and parameters.get("type") != "Document":
                found.append("loads " + parameters["request"]["url"])
        return found

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (OSError, SystemExit):
            pass
        self.process.wait(timeout=20)


class Check:
    """The faults of the pages of one output folder."""

    def __init__(self, browser, folder, axe):
        self.browser, self.folder, self.axe, self.faults, self.page = browser, folder, axe, [], None

    def expect(self, is_so, what):
        if not is_so:
            self.faults.append(f"{self.page}: {what}")

    def open(self, page, **size):
        self.page = page
        self.browser.open(page, **size)

    def common(self, allows_script=False):
        """What holds for every page: complete without scripts and without the network, readable, accessible."""
        browser, page = self.browser, self.page
        for fault in browser.complaints():
            self.expect(False, fault)
        self.expect(page.stat().st_size < 5 << 20, "is larger than 5 MB")
        scripts = browser.run("[...document.scripts].filter(s=>s.type!=='application/json').length")
        self.expect(scripts == (1 if allows_script else 0), f"has {scripts} scripts")
        self.expect(browser.run("document.title.length>0&&document.querySelectorAll('main').length===1"), "no main part")
        self.links()
        if self.axe:
            browser.call("Page.setBypassCSP", enabled=True)
            for dark in (False, True):
                self.scheme(dark)
                self.open(page)
                # What is folded lies over what follows in the eyes of axe, which then compares colors of different rows;
                # unfolded, all of it is looked at where a reader sees it.
                browser.run("for (const e of document.querySelectorAll('details')) e.open=true;0")
                browser.run(self.axe + ";0")
                found = browser.run(
                    "axe.run(document,{resultTypes:['violations']}).then(r=>r.violations.map(v=>"
                    "v.id+': '+v.help+' '+v.nodes.slice(0,3).map(n=>n.target.join(' ')).join('; ')))")
                for fault in found:
                    self.expect(False, f"axe ({'dark' if dark else 'light'}): {fault}")
            self.scheme(False)
            browser.call("Page.setBypassCSP", enabled=False)
        self.open(page, width=390, height=844)
        # What is cut on a narrow screen says so.
        self.expect(
            browser.run(
                "[...document.querySelectorAll('.scroll')].every(e=>e.scrollWidth<=e.clientWidth+1"
                "||getComputedStyle(e,'::before').content.includes('scroll'))"), "a table or picture is cut without a hint")
        self.expect(
            browser.run("document.scrollingElement.scrollWidth<=390"),
            "is wider than a screen of 390 pixels: " + str(browser.run(
                "[...document.querySelectorAll('body *')].filter(e=>e.getBoundingClientRect().right>391"
                "&&!e.closest('.scroll')).slice(0,3).map(e=>e.tagName+'.'+e.className).join(' ')")))

    def scheme(self, dark):
        self.browser.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def links(self):
        """Every link inside the output leads to a file and a place that is there."""
        for href in set(self.browser.run("[...document.links].map(a=>a.getAttribute('href'))")):
            if href.startswith("https://"):
                continue
            path, _, fragment = href.partition("#")
            target = self.page.parent / urllib.parse.unquote(path) if path else self.page
            self.expect(target.is_file(), f"a link leads to {href}, which is not there")
            # A sample without changes has no place on that page; the reader lands at its top.
            if fragment and target.is_file() and target.name != "changes.html":
                place = f' id="{urllib.parse.unquote(fragment)}"'
                self.expect(place in target.read_text(encoding="utf-8"), f"no place for the link {href}")

    def cohort(self):
        browser = self.browser
        self.open(self.folder / "index.html")
        self.common(allows_script=True)
        self.open(self.folder / "index.html")
        lines = (self.folder / "samples.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
        header = lines[0].split("\t")
        rows = [dict(zip(header, line.split("\t"))) for line in lines[1:]]
        shown = "[...document.querySelectorAll('#rows tr')].map(r=>[...r.children].map(c=>c.textContent))"
        self.expect(browser.run(shown + ".length") == min(100, len(rows)), "the table does not show the samples")
        # Sort by alterations, most first and then fewest first.
        index = browser.run(
            "[...document.querySelectorAll('#samples-table thead th')].findIndex(h=>h.textContent==='Alterations')")
        button = f"document.querySelectorAll('#samples-table thead th')[{index}].querySelector('button').click()"
        numbers = sorted(int(row["n_alterations"]) for row in rows)
        for wanted in (numbers[::-1], numbers):
            browser.run(button)
            column = [int(row[index]) for row in browser.run(shown)]
            self.expect(column == wanted[:100], "sorting by alterations does not sort")
        # Search for one sample by a part of its name in capitals' other case.
        name = browser.run(shown)[-1][0]
        browser.run(f"q.value={json.dumps(name.swapcase())};q.dispatchEvent(new Event('input'))")
        self.expect(
            browser.wait(f"document.querySelector('#count').textContent.startsWith('1 of {len(rows)} ')")
            and browser.run(shown)[0][0] == name, f"searching for {name!r} does not find it alone")
        browser.run("q.value='no such sample';q.dispatchEvent(new Event('input'))")
        self.expect(browser.wait(shown + ".length===0"), "searching for nothing finds something")
        browser.run("q.value='';q.dispatchEvent(new Event('input'))")
        browser.wait(shown + ".length>0")
        # A filter says how many samples it leaves, leaves them, and stands in the address.
        browser.run("qs.selectedIndex=1;qs.dispatchEvent(new Event('change'))")
        count = browser.run("+qs.selectedOptions[0].textContent.match(/\\((\\d+)\\)$/)[1]")
        self.expect(
            browser.run(f"document.querySelector('#count').textContent.startsWith('{count} of {len(rows)} ')"),
            "a filter does not leave the number of samples that it names")
        self.expect("status=" in browser.run("location.hash"), "a filter is not in the address")
        browser.run("qs.selectedIndex=0;qs.dispatchEvent(new Event('change'))")
        # The first click on the tier puts the strongest first.
        browser.run("[...document.querySelectorAll('#samples-table thead th')].find(h=>h.textContent==='Highest tier')"
                    ".querySelector('button').click()")
        strength = ["I-A", "I-B", "II-C", "II-D"]
        tiers = [strength.index(row[4]) if row[4] in strength else 9 for row in browser.run(shown)]
        self.expect(tiers == sorted(tiers), "the first click on the tier does not put the strongest first")
        # The oncoprint leads to reports.
        leads = browser.run("[...document.querySelectorAll('#print a')].map(a=>a.getAttribute('href'))")
        self.expect(
            not browser.run("!!document.querySelector('#print')") or leads and all(
                (self.folder / urllib.parse.unquote(href)).is_file() or "failed" in str(rows) for href in leads),
            "a column of the oncoprint leads nowhere")
        # An address with filters opens the page as it was.
        if browser.run("qr.options.length>1"):
            browser.run("qr.selectedIndex=1;qr.dispatchEvent(new Event('change'))")
            said, address = browser.run("document.querySelector('#count').textContent"), browser.run("location.hash")
            self.expect("therapy=" in address, "the therapy is not in the address")
            self.open(self.folder / "index.html")
            browser.run(f"location.hash={json.dumps(address)}")
            self.expect(
                browser.wait(f"document.querySelector('#count').textContent==={json.dumps(said)}"),
                "an address with a therapy does not show its samples")
            browser.run("document.querySelector('#clear').click()")
        # The samples of a therapy.
        if browser.run("document.querySelectorAll('#trows button').length"):
            count = browser.run("+document.querySelector('#trows td').textContent")
            browser.run("document.querySelector('#trows button').click()")
            self.expect(
                browser.wait(f"document.querySelector('#count').textContent.startsWith('{count} of ')"),
                "the samples of a therapy are not shown")
        # Without scripts the first samples stand there, each with a link.
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        self.open(self.folder / "index.html")
        links = browser.run("document.querySelectorAll('#rows th a').length")
        self.expect(links == min(100, len(rows)), "the samples are not there without scripts")
        self.expect(
            browser.run("[...document.querySelectorAll('.js')].every(e=>e.offsetParent===null)"),
            "what needs a script is shown without scripts")
        self.links()
        browser.call("Emulation.setScriptExecutionDisabled", value=False)

    def samples(self, limit):
        pages = sorted((self.folder / "samples").glob("*/*.report.html"), key=lambda page: page.stat().st_size)
        step = max(1, len(pages) // limit)
        for page in pages[::-1][::step][:limit]:
            self.open(page)
            self.common()
            self.expect(
                self.browser.run("document.querySelector('main').innerText.length") > 200, "shows next to nothing")


def check(folder, axe):
    with tempfile.TemporaryDirectory() as place:
        browser = Chromium(place)
        checks = Check(browser, pathlib.Path(folder), pathlib.Path(axe).read_text(encoding="utf-8") if axe else None)
        checks.cohort()
        checks.open(checks.folder / "changes.html")
        checks.common()
        checks.samples(4)
        browser.close()
    for fault in checks.faults:
        print(fault)
    return 1 if checks.faults else 0


def shot(page, out, width, height, dark):
    with tempfile.TemporaryDirectory() as place:
        browser = Chromium(place)
        if dark:
            browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        browser.open(pathlib.Path(page), width=width, height=height)
        time.sleep(0.3)
        picture = browser.call("Page.captureScreenshot", format="png")["data"]
        pathlib.Path(out).write_bytes(base64.b64decode(picture))
        browser.close()
    return 0


def squeezed(text):
    """Letters and digits alone: a line may be broken anywhere."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def sheets_of(pdf):
    """The text of each sheet; None where the reader of PDF files is not there."""
    try:
        import pypdf
    except ImportError:
        return None
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def printed(page, most):
    """Prints a sample's page as its reader would: how many sheets, what stands on each, and the summary alone."""
    wrong = []
    with tempfile.TemporaryDirectory() as place:
        browser = Chromium(place)
        browser.open(pathlib.Path(page), width=1280, height=900)
        end = browser.run("document.querySelector('#summary').getBoundingClientRect().bottom")
        if end > 900:
            wrong.append(f"the summary ends at {end:.0f} of a screen of 900")
        browser.call("Emulation.setEmulatedMedia", media="print")
        browser.open(pathlib.Path(page), width=703, height=1024)
        summary = browser.run(
            "[...document.querySelectorAll('#summary h2,#summary h3,#summary p,#summary li,#summary tbody th,"
            "#summary summary')].filter(e=>!e.closest('details:not([open])>:not(summary)')).map(e=>e.textContent)")
        headings = browser.run("[...document.querySelectorAll('h2,main section>h3')].map(h=>h.textContent)")
        badges = browser.run("[...document.querySelectorAll('#summary .tier')].length")
        title = browser.run("document.querySelector('h1').textContent")
        whole = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
        browser.run("location.hash='summary'")
        alone = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
        browser.close()
    count, alone_count = (len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in (whole, alone))
    if count > most:
        wrong.append(f"prints on {count} sheets, not on {most}")
    if alone_count > 1:
        wrong.append(f"the summary alone prints on {alone_count} sheets")
    texts = sheets_of(whole)
    for number, text in enumerate(texts or [], 1):
        for words in (title, f"page {number} of {count}", "oncomatch table"):
            if squeezed(words) not in squeezed(text):
                wrong.append(f"sheet {number} does not say {words!r}")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        body = [line for line in lines if not line.startswith(("page ", "oncomatch table")) and line != title]
        if body and body[-1] in headings:
            wrong.append(f"sheet {number} ends with the heading {body[-1]!r}")
    if texts:
        for words in summary:
            if squeezed(words)[:60] not in squeezed(texts[0]):
                wrong.append(f"the first sheet lacks {words[:60]!r}")
        if len(re.findall(r"\bI{1,2}-[A-D]\b", texts[0])) < min(badges, 1):
            wrong.append("the first sheet shows no tier")
    for fault in wrong:
        print(f"{page}: {fault}")
    return 1 if wrong else 0


def main(arguments):
    if arguments[:1] == ["check"] and len(arguments) in (2, 4):
        return check(arguments[1], arguments[3] if len(arguments) == 4 and arguments[2] == "--axe" else None)
    if arguments[:1] == ["shot"] and len(arguments) >= 3:
        numbers = [int(word) for word in arguments[3:] if word.isdigit()]
        return shot(arguments[1], arguments[2], *(numbers + [1280, 1600][len(numbers):]), "--dark" in arguments)
    if arguments[:1] == ["print"] and len(arguments) == 3:
        return printed(arguments[1], int(arguments[2]))
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
