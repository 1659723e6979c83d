"""Files of networks in training: their renderers and tables."""
