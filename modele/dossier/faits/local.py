"""Faits du territoire : ce que son fichier dit de lui, lisible par une condition comme tout autre fait."""

from __future__ import annotations

from modele.dossier.faits.lecture import Lecture
from modele.dossier.faits.registre import FonctionDEtats, fait_d_etats
from modele.regles.etats import INCONNU, Etat
from modele.regles.faits import TypeFait


def _dit_par_le_territoire(nom: str) -> FonctionDEtats:
    def lire(lecture: Lecture) -> Etat:
        return lecture.territoire.get(nom, INCONNU)

    return lire


for _nom, _definition, _source in (
    ("territoire.outre_mer", "Le territoire est outre-mer", "CCH R441-15, R441-16-1"),
    (
        "territoire.agglomeration_plus_300000",
        "Le département comporte au moins une agglomération, ou une partie, de plus de 300 000 habitants",
        "CCH R441-16-1",
    ),
):
    fait_d_etats(_nom, TypeFait.BOOLEEN, _definition, source=_source, champs=())(_dit_par_le_territoire(_nom))
