"""Les polices d'un PDF : seuls les dessins employés y entrent, et chacun y dit les lettres qu'il fait lire.

ReportLab ne dessine que des lettres, jamais un dessin sans lettre à lui (une ligature, une forme liée) : chaque police
est ici une police composite (ISO 32000-1, § 9.7), dont les codes sont pris à mesure.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any, Final

from impressions.polices import Fonte

_INUTILES: Final = ("GSUB", "GPOS", "GDEF", "BASE", "OS/2", "cmap", "name", "post", "gasp", "DSIG", "hdmx", "VDMX")
_CMAP: Final = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class FonteEmployee(dict[tuple[int, str, int], str]):
    """Une police dans un document : le code, en quatre chiffres hexadécimaux, de chaque (dessin, lettres lues, rang).

    Le rang distingue deux lettres semblables d'une ligature, posées au même endroit : qui relit le PDF n'en garderait
    qu'une.
    """

    def __init__(self, fonte: Fonte, nom: str) -> None:
        super().__init__()
        self.fonte, self.nom = fonte, nom

    def __missing__(self, cle: tuple[int, str, int]) -> str:
        self[cle] = code = f"{len(self) + 1:04X}"
        return code


class FontesDuDocument:
    """Les polices qu'un document emploie, écrites avec lui."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._employees: dict[str, FonteEmployee] = {}

    def employer(self, fonte: Fonte) -> FonteEmployee:
        """Cette police, dans ce document."""
        employee = self._employees.get(fonte.nom)
        if employee is None:
            employee = self._employees[fonte.nom] = FonteEmployee(fonte, f"F{len(self._employees) + 1}")
        return employee

    def ecrire(self) -> None:
        """Inscrit les polices, après la dernière page."""
        for employee in self._employees.values():
            _inscrire(self._document, employee)


def _inscrire(document: Any, employee: FonteEmployee) -> None:
    """Les cinq objets d'une police composite et de son jeu de dessins."""
    fonte, nom = employee.fonte, employee.nom
    octets, nouveaux = _reduire(fonte, sorted({glyphe for glyphe, _, _ in employee}))
    base = f"{_etiquette(octets)}+{fonte.nom}"
    fichier = _flux(document, f"{nom}Fichier", octets, f"/Length1 {len(octets)}")
    numeros = b"\0\0" + b"".join(nouveaux[glyphe].to_bytes(2, "big") for glyphe, _, _ in employee)
    table = _flux(document, f"{nom}Dessins", numeros)
    lecture = _flux(document, f"{nom}Lecture", _lecture(employee).encode("ascii"))
    descripteur = _objet(document, f"{nom}Descripteur", _descripteur(fonte, base, fichier))
    chasses = " ".join(f"{fonte.chasse(glyphe):.5g}" for glyphe, _, _ in employee)
    descendante = _objet(
        document, f"{nom}Composante",
        f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /FontDescriptor {descripteur} /DW 0 "
        f"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
        f"/CIDToGIDMap {table} /W [1 [{chasses}]]>>",
    )  # fmt: skip
    police = (
        f"<</Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
        f"/DescendantFonts [{descendante}] /ToUnicode {lecture}>>"
    )
    document.idToObject["BasicFonts"].dict[nom] = _objet(document, f"{nom}Police", police)


def _reduire(fonte: Fonte, glyphes: list[int]) -> tuple[bytes, dict[int, int]]:
    """Le fichier réduit à ces dessins, et leur nouveau numéro."""
    import uharfbuzz as hb

    voulu = hb.SubsetInput()
    voulu.glyph_set.update(glyphes)
    voulu.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    voulu.drop_table_tag_set.update(int.from_bytes(nom.encode(), "big") for nom in _INUTILES)
    plan = hb.SubsetPlan(fonte.face, voulu)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _etiquette(octets: bytes) -> str:
    """Six lettres propres à ce jeu de dessins (§ 9.6.4)."""
    return "".join(chr(65 + octet % 26) for octet in hashlib.sha256(octets).digest()[:6])


def _lecture(employee: FonteEmployee) -> str:
    """La table des lettres que fait lire chaque code."""
    lignes = [f"<{code}> <{texte.encode('utf-16-be').hex()}>" for (_, texte, _), code in employee.items() if texte]
    paquets = [lignes[rang : rang + 100] for rang in range(0, len(lignes), 100)]
    tables = (f"{len(p)} beginbfchar\n{chr(10).join(p)}\nendbfchar" for p in paquets)
    return _CMAP.format("\n".join(tables))


def _descripteur(fonte: Fonte, base: str, fichier: str) -> str:
    etendue = fonte.hb.get_font_extents("ltr")
    haut, bas = round(etendue.ascender * fonte.unite), round(etendue.descender * fonte.unite)
    return (
        f"<</Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [-500 {bas} 1500 {haut}] /ItalicAngle 0 "
        f"/Ascent {haut} /Descent {bas} /CapHeight 700 /StemV 80 /FontFile2 {fichier}>>"
    )


def _flux(document: Any, nom: str, octets: bytes, de_plus: str = "") -> str:
    serre = zlib.compress(octets)
    entete = f"<</Filter /FlateDecode /Length {len(serre)} {de_plus}>>\nstream\n".encode("ascii")
    return _objet(document, nom, entete + serre + b"\nendstream")


def _objet(document: Any, nom: str, contenu: str | bytes) -> str:
    """Inscrit un objet tel quel ; rend sa référence, « 12 0 R »."""
    reference = document.Reference(contenu if isinstance(contenu, bytes) else contenu.encode("ascii"), nom)
    return str(reference.format(document).decode("ascii"))
