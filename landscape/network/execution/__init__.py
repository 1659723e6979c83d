"""Running a network: ``instructions`` for the kernels, the ``executor`` that calls them, and ``kernel_cache``."""
