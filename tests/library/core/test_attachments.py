"""Files: what they hold decides, never what they are called."""

import io
import zipfile

import pytest

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.files import MAX_BYTES, FileType
from ensemblier.library.core.attachments import looked_at


def archive(*names: str, first: bytes = b"") -> bytes:
    """An archive of these parts; `first`: what its part "mimetype" says."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, b"x")
    return file.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n", FileType.PDF),
        (b"\x89PNG\r\n\x1a\n", FileType.PNG),
        (b"\xff\xd8\xff\xe0", FileType.JPEG),
        (DOCX, FileType.DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), FileType.XLSX),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), FileType.PPTX),
        (archive(first=FileType.ODP.value.encode()), FileType.ODP),
    ],
)
def test_the_content_tells_the_type(content: bytes, found: FileType) -> None:
    looked = looked_at("../../etc/rapport.exe", content)
    assert looked.media_type is found
    assert looked.name == f"etc rapport{found.suffix}"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04 not an archive",
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("evil.exe"),
        archive(first=b"application/x-evil"),
        b" %PDF-1.7",
    ],
)
def test_what_lies_or_runs_is_refused_even_called_pdf(content: bytes) -> None:
    with pytest.raises(BadInput, match="ni un PDF"):
        looked_at("rapport.pdf", content)


def test_empty_and_enormous_are_refused() -> None:
    with pytest.raises(BadInput, match="vide"):
        looked_at("a.pdf", b"")
    with pytest.raises(BadInput, match="10 Mo"):
        looked_at("a.pdf", b"%PDF-" + b"x" * MAX_BYTES)
