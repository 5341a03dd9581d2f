"""Éprouver un papier : il s'imprime, ou se refuse comme attendu ; imprimé, il dit ce que dit son français, en entier.

Le même mécanisme sert un cas (``make essais``) et tous les cas (``make campagne``).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any, Final

import pypdfium2 as pdfium
from detecteur_langue import textes
from epreuves_pdfua import EPREUVES
from exemples_papier import MENTIONS, rendez_vous_a
from pdfua import Lu

from impressions.assemblage import assembler
from impressions.depuis_bilan import donnees
from impressions.discretion import donnees_permises
from impressions.document import composer
from impressions.donnees import Donnees
from impressions.papier import Papier
from impressions.styles import MARGE_COTE, PAGE
from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.regles.egalite import nombres
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.langues import FRANCAIS
from modele.rendez_vous import RendezVous
from modele.territoire.mentions import Mentions
from ressources import RESSOURCES

REFUS: Final[Mapping[str, re.Pattern[str]]] = {
    "langue": re.compile("n’existe pas en |n’est pas offerte en .*une fiche de sûreté|un papier pour un service"),
    "mineur": re.compile("elle mènerait ailleurs"),
    "discret": re.compile("ne s’imprime pas pour un dossier discret"),
    "numero": re.compile("ce dossier n’en a pas"),
    "depot": re.compile("ce jour n’est pas noté"),
    "rendez_vous": re.compile("n’a aucun rendez-vous à venir"),
    "grille": re.compile("le territoire n’a pas de grille"),
    "mentions": re.compile("qui répond des données de la personne, et personne ne l’a encore inscrit"),
}
"""Par refus attendu, ce que sa phrase dit."""
_HEURE: Final = re.compile(r"(\d{1,2}):(\d{2})\b")
_TELEPHONE: Final = re.compile(r"(?<!\d)0(?:[ \u00a0\u202f]?\d){8,9}(?!\d)")


@cache
def declaree(fiche: str) -> dict[str, Any]:
    """Ce que déclare une fiche livrée, lu sans Perron."""
    return tomllib.loads((RESSOURCES / "fiches" / fiche / "fiche.toml").read_text(encoding="utf-8"))


def dans_cette_langue(fiche: str, langue: str) -> bool:
    """Vrai si la fiche y est écrite, et si quelqu'un en répond quand c'est une fiche de sûreté."""
    if langue == FRANCAIS:
        return True
    dite = declaree(fiche)["langues"].get(langue)
    ecrite = dite is not None and (RESSOURCES / "fiches" / fiche / f"{langue}.md").is_file()
    de_surete = any(declaree(fiche).get(un) for un in ("securite", "sans_dossier", "discret"))
    return ecrite and (not de_surete or dite["etat"] != "redigee")


def refus_attendus(fiche: str, langue: str, bilan: Bilan, mentions: Mentions | None) -> frozenset[str]:
    """Ce qui, dans ce que le dossier, le territoire et la fiche disent, doit faire refuser ; vide : elle s'imprime."""
    dit, document = declaree(fiche), bilan.document
    raisons = {
        "langue": not dans_cette_langue(fiche, langue),
        "mineur": fiche in bilan.fiches_fermees,
        "discret": bilan.a_taire and not dit.get("discret"),
        "numero": dit.get("exige_numero") and not lire_texte(document, "demande.numero_unique"),
        "depot": dit.get("exige_depot") and not lire_texte(document, "demande.date_depot"),
        "rendez_vous": dit.get("exige_rendez_vous") and rendez_vous_ici(bilan) is None,
        "grille": dit.get("exige_cotation") and not bilan.regles.grilles,
        "mentions": dit.get("exige_mentions") and mentions is None,
    }
    return frozenset(nom for nom, vaut in raisons.items() if vaut)


def rendez_vous_ici(bilan: Bilan) -> RendezVous | None:
    """Un rendez-vous au premier lieu d'ici qui a une adresse ; aucun là où le territoire n'en inscrit pas."""
    lieu = next((un.id for un in bilan.regles.territoire.lieux if un.adresse), None)
    return None if lieu is None else rendez_vous_a(lieu, str(bilan.document.get("id", "")))


def lire_texte(document: Mapping[str, Any], chemin: str) -> bool:
    """Vrai si une réponse franche y est."""
    return isinstance(lire(document, chemin), str)


class Epreuve:
    """Un dossier, ses papiers. Chacun ne se compose, et chaque suite d'octets ne se lit, qu'une fois."""

    def __init__(self, bilan: Bilan, mentions: Mentions | None = MENTIONS) -> None:
        self.bilan, self.mentions = bilan, mentions
        self._prets: dict[str, Donnees] = {}
        self._composes: dict[tuple[str, str], Papier] = {}

    def prets(self, langue: str) -> Donnees:
        if langue not in self._prets:
            tenu = rendez_vous_ici(self.bilan)
            self._prets[langue] = donnees(self.bilan, langue, mentions=self.mentions, rendez_vous=tenu)
        return self._prets[langue]

    def composer(self, fiche: str, langue: str) -> Papier:
        """Comme la commande : le refus de la langue d'abord, puis le papier."""
        if refus := self.bilan.regles.fiches.refus(fiche, langue):
            raise ErreurUtilisateur(refus)
        if (fiche, langue) not in self._composes:
            self._composes[fiche, langue] = composer(fiche, self.prets(langue), langue)
        return self._composes[fiche, langue]

    def fautes(self, fiche: str, langue: str) -> list[str]:
        """Ce qui ne va pas de cette fiche dans cette langue ; vide si tout va."""
        attendus = refus_attendus(fiche, langue, self.bilan, self.mentions)
        try:
            papier = self.composer(fiche, langue)
        except ErreurUtilisateur as faute:
            dites = {nom for nom, motif in REFUS.items() if motif.search(str(faute))}
            return [] if dites & attendus else [f"refus inattendu : {faute}"]
        if attendus:
            return [f"s'imprime malgré : {', '.join(sorted(attendus))}"]
        lue = lire_papier(papier)
        entiers = [] if lettres(self._assembles(fiche, langue)) == lue.lettres else ["des lettres se sont perdues"]
        # Les mentions sont de l'exploitant, en français : l'agent le lit (``test_papier_restes_en_francais``).
        alertes = () if declaree(fiche).get("exige_mentions") else papier.alertes
        return [*alertes, *lue.fautes, *entiers, *self._ecarts(fiche, langue, lue)]

    def _assembles(self, fiche: str, langue: str) -> Iterator[str]:
        prets = self.prets(langue)
        trouvee = prets.fiches.trouver(fiche, langue)
        return textes(assembler(trouvee, donnees_permises(trouvee, prets), grands_caracteres=False).blocs)

    def _ecarts(self, fiche: str, langue: str, lue: Lue) -> Iterator[str]:
        """Ce que le papier compte autrement que son français."""
        francais = lire_papier(self._reference(fiche, langue))
        for nom in ("nombres", "telephones"):
            dits, voulus = getattr(lue, nom), getattr(francais, nom)
            if dits != voulus:
                yield f"{nom} : manquent {dict(voulus - dits)}, en trop {dict(dits - voulus)}"

    def _reference(self, fiche: str, langue: str) -> Papier:
        """Son français. Les motifs des recours ne se disent qu'en français : ailleurs, elle dit qui peut demander."""
        prets = self.prets(FRANCAIS)
        if langue == FRANCAIS or not prets.recours:
            return self.composer(fiche, FRANCAIS)
        cle = (fiche, "sans recours")
        if cle not in self._composes:
            self._composes[cle] = composer(fiche, replace(prets, recours=()), FRANCAIS)
        return self._composes[cle]


class Lue:
    """Ce qu'un lecteur trouve dans un PDF : ses fautes à lui, et ce qui s'y compte."""

    def __init__(self, pdf: bytes) -> None:
        lu = Lu(pdf)
        self.texte = "\n".join("".join(lu.textes.get(place, "") for place in un.mcid) for un in lu.elements if un.mcid)
        nues = list(EPREUVES["polices_embarquees"](lu))
        self.fautes = [*(f"police non embarquée : {nue}" for nue in nues), *hors_de_la_page(pdf)]

    @cached_property
    def nombres(self) -> Counter[str]:
        # « 9 h » en français, « 09:00 » ailleurs : la même heure.
        return nombres(_HEURE.sub(lambda une: une[0] if int(une[2]) else une[1], self.texte))

    @cached_property
    def telephones(self) -> Counter[str]:
        return Counter("".join(un.split()) for un in _TELEPHONE.findall(self.texte))

    @cached_property
    def lettres(self) -> Counter[str]:
        return lettres([self.texte])


@lru_cache(maxsize=1000)
def lire_papier(pdf: bytes) -> Lue:
    """Ce qui se lit de ces octets."""
    return Lue(pdf)


def lettres(dits: Iterable[str]) -> Counter[str]:
    """Chaque lettre, autant de fois qu'elle est écrite : une ligne coupée ou perdue s'y voit."""
    return Counter(lettre for dit in dits for lettre in dit if lettre.isalpha())


def hors_de_la_page(pdf: bytes) -> list[str]:
    """Chaque signe dessiné hors des marges ; l'espace d'une fin de ligne peut déborder : elle ne se voit pas."""
    trouves = []
    for numero, page in enumerate(pdfium.PdfDocument(pdf), start=1):
        lue = page.get_textpage()
        for rang in range(lue.count_chars()):
            gauche, bas, droite, haut = lue.get_charbox(rang)
            dedans = gauche >= MARGE_COTE - 1 and droite <= PAGE[0] - MARGE_COTE + 1 and 0 < bas <= haut < PAGE[1]
            if not dedans and (signe := lue.get_text_range(rang, 1)).strip():
                trouves.append(f"page {numero} : « {signe} » est hors de la page")
    return trouves
