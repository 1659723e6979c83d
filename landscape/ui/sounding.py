"""The descent is heard while it plays: as the sound of its film, from where the play head is, and as fast."""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from landscape.errors import InputError
from landscape.scene.timeline import base_speed
from landscape.session.session import Session
from landscape.ui.commands import Command
from landscape.ui.jobs import Cancelled
from landscape.ui.loudspeaker import Loudspeaker
from landscape.ui.settings import remembered
from landscape.ui.stack import Workspaces
from landscape.ui.workspaces import Shell

if TYPE_CHECKING:
    from landscape.export.settings import Settings
    from landscape.scene.answers import Answers

KEY = "sound while playing"
"""Under which it is remembered whether it is on."""
LEAD, MOST_LEAD = 0.3, 3.0
"""Seconds after which a sound begins that is written meanwhile; and the most, where writing turned out to take long."""
SPARE = 1.5
"""How much more time a sound is given than the one before took."""
SHORTEST = 0.1
"""Seconds of sound that are worth while."""
FPS = 60.0
"""Moments of a second at which it is known which step is shown."""


class Sounding(QObject):
    """Plays the sound of the workspace in front, where a person switched it on.

    It is written from the step that is reached a moment later, and begins when the play head is there.

    Args:
        parent: The window.
        shell: What the workspaces share.
        workspaces: The time lines that are listened to.
        prepared: Returns the session with its marks.
        tell: Shows a sentence.
    """

    def __init__(
        self, parent: QObject, shell: Shell, workspaces: Workspaces, prepared: Callable[[], Session],
        tell: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._shell, self._workspaces, self._prepared, self._tell = shell, workspaces, prepared, tell
        self._on = remembered(shell.settings, KEY, "") == "yes"
        self._speaker = Loudspeaker(self)
        self._speaker.failed.connect(self._give_up)
        self._files = shell.jobs.channel("sound")
        self._files.done.connect(self._written)
        self._files.failed.connect(lambda _key, error: self._tell(error))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._sound)
        self._lead, self._begun, self._wanted = LEAD, 0.0, 0
        self._file: Path | None = None
        workspaces.began.connect(self.start)
        workspaces.paused.connect(self.stop)
        shell.history.subscribe(lambda _old, _new: self.stop())

    def commands(self) -> Mapping[str, Command]:
        """Return the switch."""
        return {"sound": Command(run=self.switch, checked=lambda: self._on, possible=self._heard)}

    def switch(self) -> None:
        """Be heard from now on, or not any more; say so where nothing here can play a sound."""
        if not self._on and not self._speaker.possible:
            self._tell(InputError("No program that plays sound is installed here: pw-play, paplay or aplay would do"))
            return
        self._set(not self._on)
        if self._workspaces.front.player.playing:
            self.start()

    def start(self) -> None:
        """Write what is heard from a moment later on; nothing where not all that is played is known yet."""
        from landscape.export.settings import Settings

        self.stop()
        player = self._workspaces.front.player
        rate = base_speed(player.steps) * player.speed
        begin = player.step + self._lead * rate
        seconds = (player.steps - begin) / rate
        if not self._on or not self._heard() or player.known < player.steps or seconds < SHORTEST:
            return
        if not self._speaker.possible:
            self._set(False)
            return
        looked_at = self._workspaces.front.looked_at()
        settings = Settings(
            view=looked_at.get("view"), run=looked_at.get("run"), session=False,
            span=(begin, float(player.steps)), seconds=seconds, hold=0.0, fps=FPS,
        )  # fmt: skip
        self._begun = monotonic()
        self._files.submit(self._wanted, partial(_write, self._prepared(), settings, self._shell.answers))

    def stop(self) -> None:
        """Be silent, and leave no file behind."""
        self._wanted += 1
        self._timer.stop()
        self._speaker.stop()
        if self._file is not None:
            self._file.unlink(missing_ok=True)
            self._file = None

    def _heard(self) -> bool:
        """Tell whether the workspace in front has a sound."""
        from landscape.export.workspaces import export_part

        return export_part(self._shell.history.session.workspace).voices is not None

    def _set(self, on: bool) -> None:
        self._on = on
        self._shell.settings.setValue(KEY, "yes" if on else "")
        if not on:
            self.stop()

    def _written(self, key: int, path: Path) -> None:
        """Wait until the play head is where the sound begins; what comes too late is written anew, with more time."""
        if key != self._wanted:
            path.unlink(missing_ok=True)
            return
        self._file = path
        took, lead = monotonic() - self._begun, self._lead
        self._lead = min(max(LEAD, SPARE * took), MOST_LEAD)
        if lead < took < MOST_LEAD:
            self.start()
        else:
            self._timer.start(max(0, round(1000 * (lead - took))))

    def _sound(self) -> None:
        if self._file is not None:
            self._speaker.play(self._file)

    def _give_up(self, program: str) -> None:
        self._set(False)
        self._tell(InputError("{program} could not play the sound; it is switched off", program=program))


def _write(session: Session, settings: "Settings", answers: "Answers", cancelled: Cancelled) -> Path:
    """Write the sound of a film to a file of its own, in a job."""
    from landscape.export.film import Film
    from landscape.export.formats import wav

    descriptor, name = tempfile.mkstemp(".wav", "landscape-")
    os.close(descriptor)
    path = Path(name)
    try:
        with closing(wav.write(path, Film(session, settings, answers))) as writing:
            for _ in writing:
                if cancelled():
                    break
    except BaseException:
        path.unlink()
        raise
    if cancelled():
        path.unlink()
    return path
