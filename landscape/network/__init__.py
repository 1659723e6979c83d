"""Small networks, trained by the same update rules that descend the surfaces.

- ``network``, ``data``: what a network, its training and its data are, as frozen values.
- ``layout``, ``initialization``: where its numbers are, and with what they begin.
- ``plan``: what is done with it, as instructions; ``layers``, ``activations``, ``normalization``, ``losses``: kernels
  that they name; ``words``, ``registers``: the language of those; ``program``: the same as machine code; ``steps``: the
  kernel that runs a plan; ``bench``: a plan with samples, ready to run.
- ``training``, ``trained``: steps of a rule along the gradients; ``evaluation``: what a network makes of some rows.
- The other modules ask what training does: ``recording``, ``sweep``, ``sharpness``, ``smoothness``, ``slice``...
"""
