"""A lecture under a real window system with two screens: ``python -m tests.hall``.

It needs Xvfb, xrandr, xdotool and a window manager, openbox; it is no part of the tests.
"""
