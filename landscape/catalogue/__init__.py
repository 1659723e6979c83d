"""What stands on the shelf: surfaces, update rules and schedules, as data.

``surfaces``, ``optimizers`` and ``schedules`` each hold one frozen value type made of names, numbers and text, and
the function that makes it from a catalogue id or a formula. ``rates`` knows with which learning rate to begin,
``loading`` reads the TOML files, the user's own at once and the shipped ones (``shipped``) entry by entry.
"""
