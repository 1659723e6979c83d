"""Small neural networks, trained by the same update rules that descend the surfaces.

- ``network``: what a network and its training are, as frozen values; ``data``: what it learns.
- ``layout``, ``initialization``: where its parameters are, and with what they begin.
- ``kernels``: layers, activations, norms and losses as machine code; ``execution``: the instructions that call them.
- ``evaluation``: loss, predictions and gradients on some rows; ``objective``: the loss as a function of the weights.
- ``training``: steps of a rule along the gradients, recordings of them, and sweeps over learning rates.
- ``measures``, ``slices``: sharpness, smoothness and covariate shift of a training; its loss landscape on planes.
"""
