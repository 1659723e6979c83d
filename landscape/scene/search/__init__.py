"""Searches of hyper-parameters: their questions and scenes."""
