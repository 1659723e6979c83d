"""Training: ``trainer`` step by step, ``train`` in one call, ``recording``, ``learning_rate_sweep``.

``update_kernel`` is the optimizer's step as machine code, ``updates`` the same with NumPy.
"""
