"""Small files of every format, made here byte by byte."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!doctype html><html><head><meta charset="utf-8">
<title>Bridge near Orlivka blown up - The Ford Gazette</title>
<meta property="og:site_name" content="The Ford Gazette">
<meta property="article:published_time" content="2019-05-04T01:15:00+03:00"></head><body>
<article><h1>Bridge near Orlivka blown up</h1>
<p>Unknown men blew up a road bridge near the village of Orlivka late on Friday, the regional governor said.</p>
<p>Nobody was hurt. Engineers expect that repairs will take at least two months, he told reporters in the town.</p>
</article></body></html>"""


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf(pages: Sequence[Sequence[str]], **info: str) -> bytes:
    """A PDF with one text line a string, in Helvetica; lines "" leave a gap."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        ops = ["BT /F1 11 Tf 14 TL 60 780 Td"]
        ops += [f"({_escaped(line)}) Tj T*" if line else "T* T*" for line in lines]
        body = "\n".join([*ops, "ET"]).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    objects.append(b"<< %s >>" % b" ".join(f"/{k} ({v})".encode("latin-1") for k, v in info.items()))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, held in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def word(title: str | None, paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    document.core_properties.author = "Press office"
    document.core_properties.created = datetime(2021, 3, 9, 12)
    if title:
        document.add_heading(title, 0)
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for i, row in enumerate(table):
            for j, cell in enumerate(row):
                grid.cell(i, j).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(html: str | None = None, attachment: tuple[str, bytes] | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Press Desk <desk@ministry.example>"
    message["To"] = "list@news.example"
    message["Subject"] = "Checkpoint attacked near Müngen"
    message["Date"] = "Tue, 17 Nov 2015 23:30:00 -0500"
    message.set_content("Gunmen attacked a checkpoint near Müngen on Monday.\n\nTwo soldiers were wounded.\n")
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        name, data = attachment
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def warc(pages: Sequence[tuple[str, str, str, bytes]], *, gzip: bool = True) -> bytes:
    """A WARC of (url, status line, content type, body) responses."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number, (url, status, kind, body) in enumerate(pages):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2020-01-02T03:04:05Z", "WARC-Record-ID": f"<urn:uuid:0000-{number}>"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def wacz(archives: dict[str, bytes], *, wrong: str | None = None) -> bytes:
    """A WACZ of archives by name; `wrong` names one whose listed hash is not its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        resources = []
        for name, data in archives.items():
            package.writestr(f"archive/{name}", data)
            digest = hashlib.sha256(data if name != wrong else b"other").hexdigest()
            resources.append({"path": f"archive/{name}", "hash": f"sha256:{digest}", "bytes": len(data)})
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": resources}))
    return out.getvalue()


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>River Wire</title><link>https://river.example/</link>
<item><title>Truce broken in Belva</title><link>https://river.example/1</link><author>Ana Petri</author>
<pubDate>Sat, 02 Jan 2021 23:50:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Both sides accuse each other of breaking the truce in <b>Belva</b>.</p>
<p>One farmer was injured.</p>]]>
</content:encoded></item>
<item><title>No words</title><link>https://river.example/2</link></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Post</title>
<entry><title>Police detain nine</title><link href="https://hill.example/a"/><id>tag:1</id>
<published>2022-02-03T00:10:00+05:30</published><author><name>B. Rao</name></author>
<summary type="html">&lt;p&gt;Police detained nine people after a march.&lt;/p&gt;</summary></entry></feed>"""


def every() -> dict[str, bytes]:
    """One good file of each registered format, by reader."""
    return {
        "csv.v1": b"id,text,date\n1,\"Shells fell on Dorne, again\",2020-01-02\n2,Calm returned,2020-01-03\n",
        "docx.v1": word("Convoy ambushed", ["A convoy was ambushed on the coast road.", "Three drivers died."]),
        "eml.v1": mail(),
        "feed.v1": RSS.encode(),
        "html.v1": PAGE.encode(),
        "jsonl.v1": b'{"id": "a", "text": "Shots were heard in Dorne."}\n{"id": "b", "text": "Calm returned."}\n',
        "pdf.v1": pdf([["Depot burns in Kesra", "", "A fuel depot burned in Kesra on Sunday."]]),
        "text.v1": b"Depot burns in Kesra\n\nA fuel depot burned in Kesra on Sunday.\n",
        "wacz.v1": wacz({"a.warc.gz": warc([("https://ford.example/1", "200 OK", "text/html", PAGE.encode())])}),
        "warc.v1": warc([("https://ford.example/1", "200 OK", "text/html", PAGE.encode())], gzip=False),
    }  # fmt: skip
