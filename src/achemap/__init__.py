"""Achemap: find the trigger-point pain pattern behind an ache, danger first."""

__version__ = "0.1.0"
