"""Les recours et les publics prioritaires, dits : ce qui est rempli, ce qui manque, ce qui changerait. Jamais « non ».

Sans Qt : l'écran d'orientation et la commande disent les mêmes phrases. Essais : ``tests/ui/mots/test_priorites.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from modele.bilan import Bilan
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.mots.ecriture import dire_date, minuscule
from modele.orientation.dalo import RegleRecours, Reserve
from modele.orientation.publics import ReglePublic
from modele.orientation.verdict import Criteres, Examen, Verdict
from modele.protection.faits import fait_protege
from modele.regles.conditions import Condition, comparaisons
from modele.regles.confiance import a_valider
from modele.regles.etats import Etat
from modele.regles.parametres import DeclarationParametre
from modele.regles.provenance import Provenance

VERDICTS: Final = {
    Verdict.REMPLI: "Rempli",
    Verdict.A_ETABLIR: "À établir",
    Verdict.RIEN_NE_L_INDIQUE: "Rien ne l'indique",
}
A_VALIDER: Final = " (à faire valider)"
_CONDITION: Final = ", condition"


class Sorte(StrEnum):
    """Ce qu'est une ligne."""

    MOTIF = "motif"
    CONDITION = "condition"
    LETTRE = "lettre"


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un motif, une condition ou une lettre : son verdict et ses phrases.

    ``nom`` : « DALO, cas 3 », « Lettre l » ; ``manques`` : ce qui reste à établir, un par un ; ``changerait`` : ce qui
    changerait un « rien ne l'indique » ; ``le`` : le jour où il change de lui-même.
    ``seuil`` : le délai local, et sa confiance ; ``exige`` : ce que le texte demande.
    ``sorte`` : un motif, une condition générale du recours, une lettre.
    ``ouvert`` : la loi laisse ouvert, ou une preuve manque ; sinon c'est une réponse qui manque.
    """

    id: str
    nom: str
    libelle: str
    examen: Examen
    manques: tuple[str, ...]
    seuil: str
    exige: str
    criteres: Criteres
    provenance: Provenance
    sorte: Sorte
    recours: str
    le: date | None

    @property
    def lettre(self) -> bool:
        """Vrai d'une lettre de L441-1."""
        return self.sorte is Sorte.LETTRE

    @property
    def manque(self) -> str:
        """Ce qui reste à établir, en une phrase."""
        return " ; ".join(self.manques)

    @property
    def verdict(self) -> Verdict:
        return self.examen.verdict

    @property
    def ouvert(self) -> bool:
        return bool(self.examen.manque)

    @property
    def court(self) -> str:
        """« DALO, cas 3 », « Lettre l » ; une condition n'a ni numéro ni lettre : son libellé."""
        return (
            self.nom if self.lettre or not self.nom.endswith(_CONDITION) else f"{self.nom} : {minuscule(self.libelle)}"
        )

    @property
    def titre(self) -> str:
        """« DALO, cas 3 : menacé d'expulsion sans relogement », marqué s'il reste à faire valider."""
        reserve = A_VALIDER if self.provenance.a_valider else ""
        return f"{self.nom} : {minuscule(self.libelle)}{reserve}"


def lignes(bilan: Bilan) -> tuple[Ligne, ...]:
    """Les conditions et les motifs, puis les lettres qui se montrent ; dans l'ordre du droit."""
    return (*_recours(bilan), *_publics(bilan))


def _recours(bilan: Bilan) -> Iterator[Ligne]:
    for un in bilan.recours:
        regle = un.regle
        sorte = Sorte.MOTIF if regle.cas else Sorte.CONDITION
        yield _ligne(bilan, regle, un.examen, regle.critere, sorte, regle.recours)


def _publics(bilan: Bilan) -> Iterator[Ligne]:
    for un in bilan.publics:
        yield _ligne(bilan, un.regle, un.examen, un.regle.preuve, Sorte.LETTRE, "")


def _ligne(
    bilan: Bilan, regle: RegleRecours | ReglePublic, examen: Examen, exige: str, sorte: Sorte, recours: str
) -> Ligne:
    le = examen.changerait_le
    return Ligne(
        id=regle.id,
        nom=regle.nom,
        libelle=regle.libelle,
        examen=examen,
        manques=_manques(bilan, examen, exige) if examen.verdict is Verdict.A_ETABLIR else (),
        seuil=", ".join(_seuils(bilan, regle.criteres)),
        exige=exige,
        criteres=regle.criteres,
        provenance=regle.provenance,
        sorte=sorte,
        recours=recours,
        le=le if le is not None and le > bilan.jour else None,
    )


def _manques(bilan: Bilan, examen: Examen, exige: str) -> tuple[str, ...]:
    """La preuve ou le fait que le texte laisse à montrer ; sinon les réponses qui manquent ; sinon ce qu'il exige."""
    if examen.manque:
        return (examen.manque,)
    catalogue, vocabulaire = bilan.regles.catalogue, bilan.regles.vocabulaire
    faits = [vocabulaire.fait(nom) for nom in examen.a_demander if not fait_protege(catalogue, nom)]
    return tuple(dict.fromkeys(map(minuscule, faits))) or (minuscule(exige),)


def dire_le(ligne: Ligne) -> str:
    """« Cela change de soi-même à partir du 23/11/2026 » ; vide sans date à venir."""
    if ligne.le is None:
        return ""
    return f"Cela change de soi-même à partir du {dire_date(ligne.le)}"


def dire_apres(ligne: Ligne) -> str:
    """Ce qui suit le titre d'une ligne, selon son verdict, en une phrase ou deux."""
    if ligne.verdict is Verdict.REMPLI:
        return ""
    # Une réponse qui manque se demande ; une preuve, ou ce que la loi laisse ouvert, se montre.
    manque = f"{'Il manque' if ligne.ouvert else 'À demander'} : {ligne.manque}."
    dit = manque if ligne.manque else f"Ce qui le changerait : {minuscule(ligne.examen.changerait)}"
    suites = [dit, f"{dire_le(ligne)}." if ligne.le else "", f"Délai local : {ligne.seuil}." if ligne.seuil else ""]
    return " ".join(filter(None, suites))


def questions(bilan: Bilan, ligne: Ligne) -> tuple[QuestionVue, ...]:
    """Les questions qui trancheraient cette ligne ; à défaut, celles, déjà répondues, qui l'ont menée là.

    Jamais celle d'un fait protégé : son nom seul en dirait trop sur cette page.
    """
    catalogue = bilan.regles.catalogue
    lus = [c.fait.nom for un in conditions(ligne.criteres) for c in comparaisons(un)]
    a_poser, dites = (
        [
            vue
            for fait in dict.fromkeys(faits)
            if not fait_protege(catalogue, fait)
            for vue in bilan.questions_de(fait, repondues=repondues)
            if not fait_protege(catalogue, vue.question.champ)
        ]
        for faits, repondues in ((ligne.examen.a_demander, False), (lus, True))
    )
    # D'abord ce qui se pose ; ce qui ne se posera peut-être pas (la naissance d'un conjoint qu'on ne sait pas) ensuite.
    rangees = sorted(a_poser or dites, key=lambda vue: vue.visibilite is not Visibilite.VISIBLE)
    return tuple({vue.chemin: vue for vue in rangees}.values())


def raison(ligne: Ligne, reserve: Reserve) -> str:
    """Pourquoi ce verdict, en mots : ce que le texte exige et qui est dit, ce qui manque, ou ce qui changerait.

    Après un « rien ne l'indique », qui en décide : jamais d'une lettre, que la commission de médiation n'examine pas.
    """
    if ligne.verdict is Verdict.REMPLI:
        return ligne.exige
    suites = {Sorte.MOTIF: reserve.phrase, Sorte.CONDITION: reserve.conditions}
    suite = suites.get(ligne.sorte, "") if ligne.verdict is Verdict.RIEN_NE_L_INDIQUE else ""
    return " ".join(filter(None, (dire_apres(ligne), suite)))


# Les délais que seul le territoire donne, avec leur confiance.


def conditions(criteres: Criteres) -> list[Condition]:
    """Toutes celles qui décident d'une ligne."""
    return [un for un in (criteres.si, criteres.prouve, criteres.a_etablir_si) if un is not None]


def _seuils(bilan: Bilan, criteres: Criteres) -> Iterator[str]:
    faits = dict.fromkeys(c.fait.nom for un in conditions(criteres) for c in comparaisons(un))
    pays, lieu = bilan.regles.national.pays.parametres, bilan.regles.territoire.parametres
    for fait in faits:
        derive = bilan.regles.national.derives.get(fait)
        for nom in derive.parametres if derive else ():
            if pays[nom].territorial:
                yield _seuil(lieu.get(nom, pays[nom]), bilan.situation.parametres.get(nom))


def _seuil(declare: DeclarationParametre, etat: Etat | None) -> str:
    if etat is None or etat.valeur is None:
        return f"pas connu ici ; à saisir par {declare.a_saisir_par}"
    return f"{etat.valeur} {declare.unite}{A_VALIDER if a_valider(declare.provenance.confiance) else ''}"
