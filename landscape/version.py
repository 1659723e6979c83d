"""The version of the program. Beside the package's own module, which another program's may have overwritten."""

__version__ = "0.1.0"
