"""A random driver of the window: real mouse and keys on whatever is seen, for hours, and what is left over of it.

``python -m tests.soak --actions 20000 --seed 1`` drives the whole window; ``--workspace network`` stays with networks
in training, ``--minutes 60`` goes on for an hour, ``--curve memory.png`` draws the memory. It prints a table of what
there was every 500 actions, and what was found; the exit code is 1 if that is anything, or if memory has grown by more
than 20 MB after the warm-up (see ``counts.py``). In its folder are the last actions (``actions.log``), which survive a
crash, where it crashed (``crash.txt``) and what was found (``findings.txt``).

It knows no panel and no dialog by name: what is new is driven without a line here. Only what opens everything else is
known by its keys, so that it happens often: what finds anything, the gallery of lessons, and the lecture, for which
there is a second screen.
"""
