"""Les lignes de « À reporter » : chaque case, dans l'ordre officiel, et ce qui s'y copie. Sans Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.inventaire import Genre
from modele.dossier.reponses import AUCUN
from modele.dossier.validation import COMME_SA_PIECE, date_a_peu_pres
from modele.mots.a_copier import ecrire
from modele.mots.cases import Case, cases
from modele.mots.reponses import Diseur
from modele.protection.report import ADRESSE_SURE, REMPLACEES, ZONES, a_reporter

MANQUE: Final = "manque"
IL_N_Y_EN_A_PAS: Final = "il n'y en a pas : n'inventez rien"
PRET: Final = "prêt à copier"
"""Ce qui se lit à la place d'une réponse qu'un dossier discret ne montre pas."""
_MUETTES: Final = ("demande.motifs", "demande.motif_autre", "demande.precisions", "recherche.communes")
SURE: Final = "Adresse : celle où le courrier arrive sans danger"
COMMUNE_DEMANDE: Final = "Demande commune ? Le codemandeur voit ce que vous écrivez."
SANS_ADRESSE: Final = (
    "Aucune adresse sûre n'est notée. L'adresse où vit la personne ne se reporte pas : demandez une domiciliation au "
    "CCAS, ou l'accord d'une association ou d'un avocat pour recevoir le courrier, puis notez-la dans l'entretien."
)
REFUS_COMMUNE: Final = (
    "Ne reportez rien dans une demande commune : le codemandeur le lirait. Demandez au guichet enregistreur une "
    "demande au seul nom de la personne, avec le travailleur social."
)
SEUL_A_SEUL: Final = (
    "Certains motifs et certaines précisions se cochent seul à seul, avec la personne : ils ne se copient pas d'ici."
)


@dataclass(frozen=True, slots=True)
class LigneAReporter:
    """Une case. ``valeur`` : ce qui se copie, au format du portail ; vide : elle manque. ``chemin`` : où la donner.

    ``faire`` : ce qui se dit à la place d'une valeur qui manque et que l'on sait pourquoi (un seul nom, l'année seule).
    """

    rubrique: str
    nom: str
    case: str
    valeur: str
    chemin: str
    muette: bool = False
    faire: str = ""

    @property
    def dite(self) -> str:
        """Ce qui se voit à droite : la valeur, ou « manque » ; d'un dossier discret, ni adresse, ni canal, ni motif."""
        return (PRET if self.muette else self.valeur) if self.valeur else (self.faire or MANQUE)


def lignes(bilan: Bilan) -> list[LigneAReporter]:
    """Toutes les cases du formulaire qui concernent ce dossier, dans l'ordre."""
    return list(_Releve(bilan).toutes())


def adresse_manque(cases: Sequence[LigneAReporter]) -> bool:
    """Vrai si, parmi ces cases d'un dossier discret, celle de l'adresse sûre manque."""
    return any(case.chemin == ADRESSE_SURE and not case.valeur for case in cases)


class _Releve:
    def __init__(self, bilan: Bilan) -> None:
        self.bilan, self.cachee = bilan, bilan.se_cache
        self.vocabulaire = bilan.regles.vocabulaire
        self.diseur = Diseur(self.vocabulaire, bilan.document, sans_nom=bilan.a_taire)
        evitees = lire(bilan.document, ZONES)
        self.zones = [self.vocabulaire.commune(str(une)) for une in (evitees if isinstance(evitees, list) else ())]

    def toutes(self) -> Iterator[LigneAReporter]:
        bilan = self.bilan
        for case in cases(bilan.regles.portail, bilan.entretien, bilan.document, discret=self.cachee):
            yield from self.case(case)

    def case(self, case: Case) -> Iterator[LigneAReporter]:
        chemin, connu = case.chemin, case.champ
        muette = self.cachee and (connu.champ.sensible or chemin in _MUETTES)
        ligne = LigneAReporter(self.titre(case), self.diseur.libelle(chemin), case.cerfa, "", chemin, muette)
        if self.cachee and chemin in REMPLACEES:
            ligne = replace(ligne, nom=SURE, chemin=ADRESSE_SURE)
        valeur = a_reporter(self.bilan.document, chemin, discret=self.cachee, zones=self.zones)
        if connu.genre is Genre.TEXTES and isinstance(valeur, list):
            for rang, une in enumerate(valeur, 1):
                yield replace(ligne, nom=f"{ligne.nom}, {rang}", valeur=ecrire(connu, une, self.vocabulaire))
        else:
            # L'adresse d'un dossier discret est une autre : ce qui se dit de la sienne ne la regarde pas.
            faire = _que_faire(lire(self.bilan.document, chemin)) if ligne.chemin == chemin and not muette else ""
            ecrite = "" if valeur is ABSENT else ecrire(connu, valeur, self.vocabulaire)
            yield replace(ligne, valeur=ecrite, faire=faire)

    def titre(self, case: Case) -> str:
        """« Pages 3 à 5 · personne à loger · Sami Morel »."""
        qui = self.diseur.element(case.rubrique.liste, case.element) if case.element else ""
        return " · ".join(filter(None, (case.rubrique.libelle, qui)))


def _que_faire(ecrit: Any) -> str:
    """Ce qui se dit d'une réponse qui ne se copie pas telle quelle ; vide si rien n'est à dire."""
    if ecrit == AUCUN:
        return IL_N_Y_EN_A_PAS
    return COMME_SA_PIECE if date_a_peu_pres(ecrit) else ""
