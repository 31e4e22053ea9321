"""What a person who writes a pattern works with: panels, choosers, hints, pasting."""
