"""What the browser gets, and the compiled library that all callers share.

`compiled()` is the library ready to evaluate; `write()` puts the browser's files
into a folder (see finder/stored.py and, for their format, finder/browser.py).
"""

from achemap.finder.browser import write
from achemap.finder.stored import Bundle, compiled


__all__ = ["Bundle", "compiled", "write"]
