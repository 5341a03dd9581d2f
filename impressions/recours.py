"""Les recours sur un papier : ce qui est rempli, ce qui manque, ce qui changerait. Jamais « non », jamais une violence.

Rien de protégé n'y entre : la table est celle du dossier où rien n'en serait dit, sans les lettres protégées. Ce qui
reste à faire valider est laissé de côté. Essais : ``tests/impressions/test_papier_recours.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from impressions.sures import phrases_sures
from modele.bilan import Bilan
from modele.orientation.dalo import RegleRecours
from modele.orientation.publics import ReglePublic
from modele.orientation.verdict import Examen, Verdict
from modele.protection.reserve import question_reservee


@dataclass(frozen=True, slots=True)
class LigneDeRecours:
    """Un motif, une condition ou une lettre.

    ``nom`` : « DALO, cas 3 » ; ``manque`` : la preuve ou le fait à montrer ; ``a_demander`` : sinon, les réponses qui
    manquent ; ``changerait`` : ce qui changerait un « rien ne l'indique ». ``motif`` : un recours.
    ``a_taire`` : elle reste à faire valider.
    """

    nom: str
    libelle: str
    verdict: Verdict
    manque: str
    a_demander: tuple[str, ...]
    changerait: str
    article: str
    motif: bool
    a_taire: bool


def lignes_du_papier(bilan: Bilan) -> tuple[LigneDeRecours, ...]:
    """Les motifs, les conditions, puis les lettres qui disent quelque chose de ce dossier ; dans l'ordre du droit.

    Rien tant qu'aucun motif n'en dit rien : ce que la fiche dit à tous suffit alors.
    """
    dit = bilan.dit
    recours = [un for un in dit.recours if not un.regle.sans_papier]
    motifs = [_ligne(dit, un.regle, un.examen, motif=True) for un in recours if un.regle.cas]
    if all(une.verdict is Verdict.A_ETABLIR and not une.manque for une in motifs):
        return ()
    conditions = [_ligne(dit, un.regle, un.examen) for un in recours if not un.regle.cas]
    lettres = [_ligne(dit, un.regle, un.examen) for un in dit.publics if not un.regle.discret]
    return (*motifs, *conditions, *(une for une in lettres if une.verdict is Verdict.REMPLI or une.manque))


def _ligne(bilan: Bilan, regle: RegleRecours | ReglePublic, examen: Examen, *, motif: bool = False) -> LigneDeRecours:
    return LigneDeRecours(
        nom=regle.nom,
        libelle=regle.libelle,
        verdict=examen.verdict,
        manque=phrases_sures(examen.manque),
        a_demander=() if examen.manque else tuple(_questions(bilan, examen)),
        changerait=phrases_sures(examen.changerait),
        article=regle.provenance.fondement,
        motif=motif,
        a_taire=regle.provenance.a_valider,
    )


def _questions(bilan: Bilan, examen: Examen) -> Iterator[str]:
    """Les questions à poser, dans les mots du formulaire ; aucune qui ne se pose que seul à seul."""
    for fait in examen.a_demander:
        ouvertes = (vue.question for vue in bilan.questions_de(fait) if not question_reservee(vue.question))
        if (premiere := next(ouvertes, None)) is not None:
            yield premiere.libelle
