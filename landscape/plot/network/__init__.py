"""Pictures of networks in training: their answers, their layers, and the pages beside them."""
