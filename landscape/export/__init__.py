"""A session written to a file: a film, a picture or a table, by the formats found in ``formats``.

``export.py`` is the way in; ``film.py`` says what is shown when; ``render.py`` draws it, and is the only one here to
touch Qt. A file is written whole or not at all.
"""
