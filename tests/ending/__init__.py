"""How the program ends: closed, or told to by SIGTERM or SIGINT, whatever it is doing; what is left, and how soon.

``states`` are what it may be doing, ``inside`` brings a program to one of them, ``outside`` ends it and looks.
``python -m tests.ending`` prints the table of all; a few of them are tests.
"""
