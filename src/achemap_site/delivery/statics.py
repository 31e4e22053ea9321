"""Static files with their hash in the name; our own also compressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.compress import Compressor


class HashedStatics(ManifestStaticFilesStorage):
    """Hashes names, JavaScript imports included, so that browsers may keep files.

    The editor's files (16 MB) are served as they are: compressing them would take
    the first start a minute, and only editors load them.
    """

    support_js_module_import_aggregation = True
    manifest_strict = False
    # A file is done one pass after all that it imports; ours import each other deeply.
    max_post_process_passes = 20

    def post_process(
        self, paths: Any, dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        compressor = Compressor(quiet=True)
        for name, hashed, done in super().post_process(paths, dry_run, **options):
            yield name, hashed, done
            if not dry_run and isinstance(hashed, str) and name.startswith("achemap/"):
                for each in {name, hashed}:
                    if compressor.should_compress(each):
                        for _compressed in compressor.compress(self.path(each)):
                            pass
