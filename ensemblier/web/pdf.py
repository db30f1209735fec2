"""Pages on paper: WeasyPrint, PDF/UA, with our own style sheets and letters and nothing from outside."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders

from ensemblier.web.paper import finish, for_readers

_HALO = re.compile(r' stroke="[^"]*" stroke-width="\d+" paint-order="stroke"')
"""The halo around the words of a map: WeasyPrint paints it over the letters, so paper goes without."""
_HERE = "https://static.invalid/"
STYLES = (
    "bootstrap/bootstrap-reboot.min.css",
    "web/css/frame.css",
    "web/css/components.css",
    "web/css/forms.css",
    "web/css/places.css",
)
PRINT_STYLES = ("web/css/print.css", "web/css/paper.css")


def pdf_of(html: str) -> bytes:
    """The PDF/UA of a page whose template links no style sheet; only our static files can be read by it."""
    # takes 0.3 s to import, and needs Pango: only those who print pay
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Here(URLFetcher):  # type: ignore[misc]
        """Reads our static files and the drawings written inside a page (data:)."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The resource of this address; anything from outside is refused."""
            if url.startswith("data:"):
                return super().fetch(url, headers)
            return URLFetcherResponse(url, _static(url))

    fetcher, fonts = Here(), FontConfiguration()
    sheets = [
        CSS(url=_HERE + name, url_fetcher=fetcher, media_type="print", font_config=fonts)
        for name in STYLES + PRINT_STYLES
    ]
    document = HTML(string=_HALO.sub("", html), base_url=_HERE, url_fetcher=fetcher, media_type="print")
    for_readers(document.etree_element)
    return bytes(document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish))


def _static(url: str) -> bytes:
    if not url.startswith(_HERE):
        raise ValueError(f"a printed page reads nothing from outside: {url}")
    found = finders.find(unquote(url.removeprefix(_HERE)))
    if not isinstance(found, str):
        raise FileNotFoundError(url)
    return Path(found).read_bytes()
