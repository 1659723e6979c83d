"""What is drawn: the map and the curves of a scene, in the window and in a file alike.

``map.py`` and ``curves.py`` are the plots; ``stage.py`` and ``curve_layer.py`` are what is inside their axes, painted
in device pixels from kept pictures; ``picture.py`` lays them out as one whole for export; ``theme.py`` has what
they share. Of networks in training, ``twins.py`` and ``boundary.py`` draw the answers, ``layers.py`` what goes on
inside, and ``network_picture.py`` the whole.
"""
