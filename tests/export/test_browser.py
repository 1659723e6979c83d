"""A page in a browser: it plays, stops at its marks, tells what is to be said there, and obeys the keys."""

import json
import shutil
import subprocess
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

import numpy as np
import pytest
from PIL import Image

from landscape.export.export import export
from landscape.session.presentation import Mark, Presentation

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")]
NOTES = ("Who is ahead?", "谁领先？ <b>")
PRESSING = """
<script>
const told = [], wait = seconds => new Promise(done => setTimeout(done, 1000 * seconds));
const press = key => document.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
const stopped = async () => { for (let i = 0; i < 100 && !film.paused; i++) await wait(0.05); await wait(0.2); };
const tell = name => told.push([name, film.currentTime, film.paused, note.textContent, Number(scrub.value)]);
(async () => {
  while (film.readyState < 3) await wait(0.05);
  tell("begin");
  press("ArrowRight"); await wait(0.15); tell("playing");
  await stopped(); tell("first mark");
  press("PageDown"); await wait(0.1); await stopped(); tell("second mark");
  press("ArrowLeft"); await wait(0.3); tell("back");
  press("End"); await wait(0.3); tell("end");
  press("Home"); await wait(0.3); tell("home");
  press(" "); await wait(0.4); tell("space");
  press(" "); await wait(0.3); tell("space again");
  press("x"); await wait(0.1); tell("another key");
  fetch("/told", { method: "POST", body: JSON.stringify(told) });
})();
</script>
</body>"""


@pytest.fixture(scope="module")
def page(qapp, session, tmp_path_factory):
    marks = tuple(Mark(step=step, note=note) for step, note in zip((10, 20), NOTES, strict=True))
    marked = replace(session, presentations={"descent": Presentation(marks=marks)})
    path = tmp_path_factory.mktemp("pages") / "课 a.html"
    return export(marked, path, size=(640, 360), fps=20, seconds=4.0, theme="light")


FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--mute-audio", "--window-size=1280,800")


def told_by(page: str) -> list[list]:
    """Open a page in a browser, and return what it sends."""
    heard: Queue[list[list]] = Queue()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def do_POST(self) -> None:
            heard.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        browser = subprocess.Popen([BROWSER, *FLAGS, "--remote-debugging-port=0", address], **quiet)
        try:
            return heard.get(timeout=60)
        finally:
            browser.terminate()
            browser.wait(10)
            server.shutdown()


def test_the_keys_go_from_mark_to_mark(page):
    told = told_by(page.read_text(encoding="utf-8").replace("</body>", PRESSING))
    times = {name: time for name, time, *_ in told}
    paused = {name: rests for name, _, rests, *_ in told}
    notes = {name: note for name, _, _, note, _ in told}
    first, second = 10 / 40 * (4.0 - 0.8), 20 / 40 * (4.0 - 0.8)
    assert times["begin"] == 0.0
    assert not paused["playing"]
    assert times["first mark"] == times["back"] == pytest.approx(first, abs=0.06)
    assert times["second mark"] == pytest.approx(second, abs=0.06)
    assert (times["end"], times["home"]) == (pytest.approx(4.0, abs=0.06), 0.0)
    assert not paused["space"]
    assert paused["space again"]
    assert times["another key"] == times["space again"] > 0.1
    assert [notes[name] for name in ("begin", "first mark", "second mark", "back")] == ["", *NOTES, NOTES[0]]
    assert told[-5][4] == 1000


def test_the_picture_is_seen(page, tmp_path):
    command = [BROWSER, *FLAGS, "--timeout=3000", f"--screenshot={tmp_path / 'seen.png'}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=90, check=True)
    with Image.open(tmp_path / "seen.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert pixels.shape == (800, 1280, 3)
    assert (np.ptp(pixels[:600], axis=2) > 60).mean() > 0.1
