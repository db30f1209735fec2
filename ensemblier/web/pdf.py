"""Pages on paper: WeasyPrint, PDF/UA, with our own style sheets and letters and nothing from outside."""

from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders

_HERE = "https://static.invalid/"
STYLES = ("bootstrap/bootstrap-reboot.min.css", "web/css/frame.css", "web/css/components.css", "web/css/forms.css")
PRINT_STYLES = ("web/css/print.css", "web/css/paper.css")


def pdf_of(html: str) -> bytes:
    """The PDF/UA of a page whose template links no style sheet; only our static files can be read by it."""
    from weasyprint import CSS, HTML  # takes 0.3 s to import: only those who print pay

    sheets = [CSS(string=_read(name), base_url=_HERE + name, url_fetcher=_fetch) for name in STYLES + PRINT_STYLES]
    document = HTML(string=html, base_url=_HERE, url_fetcher=_fetch, media_type="print")
    return bytes(document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))


def _read(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


def _fetch(url: str, *_args: object, **_options: object) -> dict[str, object]:
    if not url.startswith(_HERE):
        raise ValueError("a printed page reads nothing from outside")
    found = finders.find(unquote(url.removeprefix(_HERE)))
    if not isinstance(found, str):
        raise FileNotFoundError(url)
    return {"string": Path(found).read_bytes(), "redirected_url": url}
