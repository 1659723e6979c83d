"""Measures of what a training goes through: ``sharpness`` by ``eigenvalues``, ``smoothness``, ``covariate_shift``."""
