"""``python -m landscape`` is the same as ``landscape``."""

import sys

from landscape.cli import main

sys.exit(main())
