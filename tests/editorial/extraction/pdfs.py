"""PDFs made by hand, byte by byte: small, broken, or made to burst."""

import zlib


def make_pdf(*pages, compress=False, info=b"", encrypt=b"", to_unicode=b""):
    """A PDF whose pages have these content streams; bytes are streams as they are, strings lines of text."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica" + (b"/ToUnicode 4 0 R" if to_unicode else b"") + b">>"
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % len(pages),
        3: font,
        4: stream(to_unicode),
        5: b"<<" + info + b">>",
        6: encrypt or b"<<>>",
    }
    for number, page in enumerate(pages):
        content = page if isinstance(page, bytes) else lines(page)
        objects[10 + 2 * number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (11 + 2 * number)
        )
        objects[11 + 2 * number] = stream(content, compress=compress)
    body, places = b"%PDF-1.7\n", {}
    for number, text in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = b"xref\n"
    for number in sorted(places):
        table += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Info 5 0 R" % (max(objects) + 1)
    trailer += (b"/Encrypt 6 0 R/ID[<00><00>]" if encrypt else b"") + b">>\n"
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def stream(content, *, compress=False):
    """A stream object, packed or not."""
    data = zlib.compress(content, 9) if compress else content
    filters = b"/Filter/FlateDecode" if compress else b""
    return b"<</Length %d" % len(data) + filters + b">>\nstream\n" + data + b"\nendstream"


def lines(text):
    """Content that shows lines of text beneath each other."""
    shown = b"".join(
        b"(" + line.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*\n"
        for line in text.split("\n")
    )
    return b"BT /F 11 Tf 14 TL 50 780 Td\n" + shown + b"ET"


ARABIC = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"4 beginbfchar <61> <0644> <62> <0648> <63> <0627> <64> <0621> endbfchar\n"
    b"endcmap end end"
)
