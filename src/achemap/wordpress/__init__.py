"""Old WordPress posts to sections, with a loss report."""
