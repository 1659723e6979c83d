"""What is drawn: the map and the curves of a scene, in the window and in a file alike.

``view.py`` says what every view of a scene can do; ``map.py`` is the one from above, ``stage.py`` what is inside its
axes. ``curves.py`` lays panels of curves out, ``curve_panel.py`` is one of them, ``curve_layer.py`` and
``curve_marks.py`` are what is inside its axes, ``curve_ranges.py`` says what part of them is shown. All of it is
painted in device pixels from kept pictures; ``pixels.py`` makes images of arrays; ``theme.py`` has what all share. The
folders ``descent`` and ``network`` have what belongs to one workspace alone, and lay its pictures out for export.
"""
