"""The one font that the tests write with, so that a text is as wide on every machine: DejaVu Sans, free to share.

The typesetter of the formulas brings it along.
"""

import os
from importlib.util import find_spec
from pathlib import Path

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>true</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintslight</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
"""


def font_file() -> Path:
    """Return the file of the font; the package that has it is not imported."""
    package = find_spec("ziafont")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "fonts" / "DejaVuSans.ttf"


def hide_other_fonts(folder: Path) -> None:
    """Have fontconfig know no other font, nor how this machine smooths it; before Qt starts."""
    configuration = folder / "fonts.conf"
    configuration.write_text(CONFIGURATION.format(fonts=font_file().parent, cache=folder / "fonts"))
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def use_font() -> None:
    """Have the application write with it where there is no fontconfig."""
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    if QApplication.font().family() != "DejaVu Sans":
        QFontDatabase.addApplicationFont(str(font_file()))
        QApplication.setFont(QFont("DejaVu Sans", 9))
