"""Builds the body atlas (cells, landmarks, plates) from the CC0 MakeHuman base mesh."""
