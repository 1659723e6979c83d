"""The plots are tested as the program sets pyqtgraph up."""

from landscape.plot.theme import configure

configure()
