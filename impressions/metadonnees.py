"""Ce qu'un PDF dit de lui-même : son titre, sa langue, sa date, et qu'il suit PDF/UA (ISO 14289-1, § 5).

Rien du poste ni de qui imprime : deux papiers aux mêmes mots ont les mêmes métadonnées.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from impressions.balises import langue_lue

QUI: Final = "Perron"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titre}</rdf:li>\
<rdf:li xml:lang={langue}>{titre}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{qui}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{nue}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{qui}</xmp:CreatorTool>
<xmp:CreateDate>{instant}</xmp:CreateDate>
<xmp:ModifyDate>{instant}</xmp:ModifyDate>
<pdf:Producer>{qui}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def presenter(canevas: Any, titre: str, langue: str, creation: date) -> None:
    """Inscrit le titre, la langue et la date ; ``creation`` est aussi la date du fichier."""
    canevas.setTitle(titre)
    canevas.setAuthor(QUI)
    canevas.setCreator(QUI)
    canevas.setProducer(QUI)
    canevas.setSubject("")
    canevas.setViewerPreference("DisplayDocTitle", "true")
    instant = datetime(creation.year, creation.month, creation.day, tzinfo=UTC)
    horodatage = canevas._doc._timeStamp
    horodatage.t, horodatage.lt = instant.timestamp(), instant.utctimetuple()
    horodatage.YMDhms = tuple(instant.utctimetuple())[:6]
    document = canevas._doc
    document.Catalog.Metadata = document.Reference(_flux(titre, langue_lue(langue), instant), "Metadonnees")


def _flux(titre: str, langue: str, instant: datetime) -> bytes:
    """Le flux XMP, en clair : qui range ou cherche des fichiers le lit sans ouvrir le PDF."""
    xmp = _XMP.format(
        titre=escape(titre), langue=quoteattr(langue), nue=escape(langue), qui=QUI, instant=instant.isoformat()
    ).encode()
    return b"<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%b\nendstream" % (len(xmp), xmp)
