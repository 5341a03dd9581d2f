"""Le formulaire officiel qu'une structure a chargé : son PDF, et la table de ce qui s'écrit dans chaque case.

Rien n'en est livré : les noms des cases d'un PDF se lisent sur lui. Une case que la table ne nomme pas reste blanche ;
une table dont l'empreinte n'est pas celle du PDF tenu ne sert pas. Essais : ``test_formulaires_de_recours.py``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from modele.dossier.chemins import chemin_d_element
from modele.dossier.inventaire import inventaire
from modele.dossier.portail import refus_de_reporter
from modele.protection.sensibles import dit_une_violence
from modele.regles.disque import Lisible, lire_octets
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from modele.sources import Fichier, Lecture

NATURE: Final = "formulaire"
PDF: Final = "formulaire.pdf"
TABLE: Final = "table.toml"
OCTETS_AU_PLUS: Final = 512 * 1024
"""Rangé en base 64 dans un objet du coffre, que le registre borne à 1 Mio."""
_ENTETE: Final = b"%PDF-"
_NUMERO: Final = re.compile(r"\d{5}\*\d{2}")
_ELEMENT: Final = re.compile(r"(?P<liste>[a-z_.]+)\[(?P<rang>[1-9]\d?)\]\.(?P<champ>[a-z_.]+)")
_CE_QUI_S_ECRIT: Final = ("reponses", "motif", "piece")


@dataclass(frozen=True, slots=True)
class CaseDuPdf:
    """Une case. ``pdf`` : son nom dans le PDF, et ``etat``, ce qui la coche s'il y en a plusieurs (bouton radio).

    S'y écrit l'une de ces choses : des ``reponses``, à la suite (« foyer.personnes[1].nom » : celui de la première
    personne) ; une croix si le ``motif`` est retenu ; une croix si la ``piece`` a été vue. ``code`` : une croix si la
    réponse est celle-là. ``chiffres`` : les chiffres seuls, pour une case qui les sépare.
    """

    pdf: str
    reponses: tuple[str, ...] = ()
    code: str = ""
    motif: str = ""
    piece: str = ""
    chiffres: bool = False
    etat: str = ""

    @property
    def est_une_croix(self) -> bool:
        """Vrai si elle se coche, faux si elle s'écrit."""
        return bool(self.code or self.motif or self.piece)


@dataclass(frozen=True, slots=True)
class TableDeCases:
    """De quel formulaire (« 15036*01 »), d'où il vient et quand, et ce qui s'écrit dans ses cases.

    ``empreinte`` : celle du PDF dont les cases ont été lues ; vide si elle n'est pas dite.
    """

    numero: str
    empreinte: str
    cases: tuple[CaseDuPdf, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class FormulaireTenu:
    """Ce que la structure a chargé pour un recours ; rien encore : ni l'un ni l'autre."""

    recours: str
    pdf: bytes = b""
    table: TableDeCases | None = None

    @property
    def complet(self) -> bool:
        """Vrai si le PDF et sa table sont là."""
        return bool(self.pdf) and self.table is not None


def empreinte(pdf: bytes) -> str:
    """Ce qui distingue un PDF d'un autre."""
    return hashlib.sha256(pdf).hexdigest()


def servir_formulaires(
    lecture: Lecture, recours: Collection[str], motifs: Collection[str], pieces: Collection[str]
) -> dict[str, FormulaireTenu]:
    """Le formulaire tenu pour chaque recours, de la couche la plus haute où il se lit ; une fautive est écartée."""
    lire = partial(lire_table, motifs=motifs, pieces=pieces)
    return {
        un: FormulaireTenu(
            un,
            lecture.servir_si_present(f"formulaires/{un}/{PDF}", lire_pdf) or b"",
            lecture.servir_si_present(f"formulaires/{un}/{TABLE}", lire),
        )
        for un in recours
    }


def lire_pdf(fichier: Fichier) -> bytes:
    """Les octets d'un PDF ; seul son début se lit ici, ses cases appartiennent au papier. Lève ``FichierFautif``."""
    octets = fichier.octets if fichier.lieu is None else lire_octets(fichier.lieu)
    if refus := refus_d_un_pdf(octets):
        raise FichierFautif([Faute(fichier.name, "", None, refus)])
    return octets


def refus_d_un_pdf(octets: bytes) -> str:
    """Pourquoi ces octets ne se rangent pas comme formulaire ; vide s'ils le peuvent."""
    if not octets.startswith(_ENTETE):
        return "ce n'est pas un PDF. Reprenez-le là où le ministère le publie."
    if len(octets) > OCTETS_AU_PLUS:
        return f"il dépasse {OCTETS_AU_PLUS // 1024} Kio, le formulaire officiel pèse moins. Vérifiez que c'est le bon."
    return ""


def lire_table(fichier: Lisible, *, motifs: Collection[str], pieces: Collection[str]) -> TableDeCases:
    """La table d'un formulaire. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    numero, vus = lecteur.texte("numero", obligatoire=True), set[tuple[str, str]]()
    if numero and not _NUMERO.fullmatch(numero):
        lecteur.signaler("numero", "attendu : un numéro comme « 15036*01 »")
    lue = TableDeCases(
        numero,
        lecteur.texte("empreinte"),
        tuple(_case(table, vus, motifs, pieces) for table in lecteur.tables("case")),
        lire_provenance(lecteur, exigees=COMPLETE),
    )
    lecteur.finir()
    return lue


def _case(table: Lecteur, vus: set[tuple[str, str]], motifs: Collection[str], pieces: Collection[str]) -> CaseDuPdf:
    lue = CaseDuPdf(
        pdf=table.texte("pdf", obligatoire=True),
        reponses=table.textes("reponses"),
        code=table.texte("code"),
        motif=table.texte("motif", permis=motifs) if "motif" in table else "",
        piece=table.texte("piece", permis=pieces) if "piece" in table else "",
        chiffres=table.booleen("chiffres"),
        etat=table.texte("etat"),
    )
    table.clore()
    if (lue.pdf, lue.etat) in vus:
        table.signaler("pdf", f"« {lue.pdf} » est déjà remplie plus haut")
    vus.add((lue.pdf, lue.etat))
    for cle, message in _fautes(table, lue):
        table.signaler(cle, message)
    return lue


def _fautes(table: Lecteur, lue: CaseDuPdf) -> Iterator[tuple[str, str]]:
    ecrites = [cle for cle in _CE_QUI_S_ECRIT if cle in table]
    if len(ecrites) != 1:
        yield "pdf", f"dites ce qui s'y écrit, par une seule de ces clés : {', '.join(_CE_QUI_S_ECRIT)}"
    for chemin in lue.reponses:
        if refus := refus_d_ecrire(chemin):
            yield "reponses", refus
    if lue.code and len(lue.reponses) != 1:
        yield "code", "une croix se pose pour le code d'une seule réponse"
    elif lue.code and dit_une_violence(_dans_le_dossier(lue.reponses[0]), lue.code):
        yield "code", "cette réponse ne se reporte jamais : elle dirait un fait protégé"


def refus_d_ecrire(chemin: str) -> str:
    """Pourquoi cette réponse ne s'écrit pas dans une case ; vide si elle le peut."""
    if trouve := _ELEMENT.fullmatch(chemin):
        if trouve["liste"] not in inventaire().listes:
            return f"« {trouve['liste']} » n'est pas une liste du dossier"
        return refus_de_reporter(trouve["champ"], trouve["liste"])
    return refus_de_reporter(chemin)


def _dans_le_dossier(chemin: str) -> str:
    """« foyer.personnes[1].nom » tel que le mur le connaît : le champ d'un élément, quel qu'il soit."""
    trouve = _ELEMENT.fullmatch(chemin)
    return chemin_d_element(trouve["liste"], trouve["rang"], trouve["champ"]) if trouve else chemin


def ecrire_table(table: TableDeCases) -> bytes:
    """Le fichier de cette table, que ``lire_table`` relit à l'identique."""
    dit = table.provenance
    lignes = [
        "format = 1",
        f"numero = {_texte(table.numero)}",
        *([f"empreinte = {_texte(table.empreinte)}"] if table.empreinte else []),
        f"source = {_texte(dit.source)}",
        f"confiance = {_texte(dit.confiance)}",
        f"verifie_le = {(dit.verifie_le or date.min).isoformat()}",
        *(ligne for case in table.cases for ligne in _ecrire_case(case)),
    ]
    return ("\n".join(lignes) + "\n").encode()


def _ecrire_case(case: CaseDuPdf) -> Iterator[str]:
    yield from ("", "[[case]]", f"pdf = {_texte(case.pdf)}")
    if case.reponses:
        yield f"reponses = {_liste(case.reponses)}"
    yield from (f"{cle} = {_texte(dit)}" for cle in ("code", "motif", "piece", "etat") if (dit := getattr(case, cle)))
    if case.chiffres:
        yield "chiffres = true"


def _liste(textes: Sequence[str]) -> str:
    return f"[{', '.join(map(_texte, textes))}]"


def _texte(valeur: str) -> str:
    """Un texte TOML : celui de JSON, où le caractère « suppr » s'échappe aussi."""
    return json.dumps(valeur, ensure_ascii=False).replace("\x7f", "\\u007f")
