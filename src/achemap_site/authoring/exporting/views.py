"""Everything as a download, for the operator."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from achemap_site.authoring.exporting.wxr import write_wxr
from achemap_site.patterns.actions import export_library


may_export = permission_required("authoring.export_everything")


def _day() -> str:
    return timezone.localdate().isoformat()


@require_GET
@may_export
def wxr(request: HttpRequest) -> FileResponse:
    """Send everything as a WordPress file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    write_wxr(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"achemap-{_day()}.xml")


@require_GET
@may_export
def library(request: HttpRequest) -> FileResponse:
    """Send the library as a zip of its files."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    with tempfile.TemporaryDirectory() as folder:
        names = export_library(folder=Path(folder))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(Path(folder) / name, name)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"achemap-{_day()}.zip")


urlpatterns = [
    path("export/wordpress/", wxr, name="export-wxr"),
    path("export/library/", library, name="export-library"),
]
