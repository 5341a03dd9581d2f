"""Faits du foyer : âges, qui est à charge, qui est à loger, handicap, aide sociale à l'enfance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from modele.dossier.faits.calendrier import MOIS_PAR_AN, ajouter_mois, annees_revolues
from modele.dossier.faits.domaines import compter, dire, entre, l_un, non_dit, tous
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.dossier.faits_bruts import ROLES
from modele.regles.etats import INCONNU, Etat, Statut, connu
from modele.regles.faits import TypeFait

_PERSONNES_AU_PLUS = 40
DEMANDEUR, CODEMANDEUR, AUTRE = ROLES


def _age(naissance: date | None, jour: date) -> int | None:
    return annees_revolues(naissance, jour) if naissance else None


for _nom, _champ, _qui in (
    ("personne.age", "personne.date_naissance", "de la personne"),
    ("demandeur.age", "demandeur.date_naissance", "du demandeur"),
    ("codemandeur.age", "codemandeur.date_naissance", "du codemandeur"),
):
    fait_derive(
        _nom,
        TypeFait.ENTIER,
        f"Âge {_qui}, en années révolues à la date de calcul",
        source="CCH R441-2-2 a",
        unite="ans",
        minimum=0,
        maximum=200,
        champs=(_champ, DATE_CALCUL),
    )(_age)


@fait_d_etats(
    "en_couple",
    TypeFait.BOOLEEN,
    "Le codemandeur est marié, pacsé ou concubin du demandeur",
    source="CCH L442-12 ; formulaire 14069*05, cases B2 à B4",
    champs=("foyer.avec_codemandeur", "personne.lien", "personne.role"),
)
def en_couple(lecture: Lecture) -> Etat:
    if dire(lecture.etat("foyer.avec_codemandeur")) is False:
        return connu(False)
    codemandeurs = lecture.chacun(CODEMANDEUR)
    if codemandeurs:
        return l_un([un.dans("personne.lien", "couple") for un in codemandeurs])
    return non_dit([e for e in [lecture.etat("foyer.avec_codemandeur")] if e.statut is Statut.REFUSE])


@fait_d_etats(
    "nombre_personnes",
    TypeFait.ENTIER,
    "Personnes à loger : demandeur, codemandeur, autres personnes, naissances attendues ; sans les colocataires",
    source="CCH L442-12 ; formulaire 14069*05, case G2",
    unite="personnes",
    minimum=1,
    maximum=_PERSONNES_AU_PLUS,
    champs=("foyer.personnes", "foyer.avec_codemandeur", "foyer.naissances_attendues"),
)
def nombre_personnes(lecture: Lecture) -> Etat:
    presents = len(lecture.personnes)
    peu, beaucoup = lecture.bornes("foyer.naissances_attendues") or (0, 0)
    # Une liste close peut en compter plus que la borne : ce qui est là est le moins qu'il y ait.
    au_plus = max(presents + peu, min(_PERSONNES_AU_PLUS, presents + beaucoup + lecture.autres_possibles))
    return entre(presents + peu, au_plus)


def _compter(lecture: Lecture, critere: str) -> Etat:
    """Combien d'autres personnes du foyer remplissent ce critère."""
    return compter([une.etat(critere) for une in lecture.chacun(AUTRE)], autres_au_plus=lecture.autres_possibles)


for _nom, _critere, _definition, _source in (
    ("nombre_enfants_mineurs", "personne.mineur", "Mineurs à loger, enfants en droit de visite compris", "CCH L442-12"),
    (
        "nombre_enfants_droit_visite",
        "personne.droit_visite",
        "Enfants reçus en droit de visite et d'hébergement",
        "CCH L442-12 ; notice du formulaire 14069*05, page 5",
    ),
    (
        "nombre_a_charge",
        "personne.sur_avis",
        "Personnes à charge au sens fiscal",
        "CGI 194, 196, 196 A bis, 196 B",
    ),
):
    fait_d_etats(
        _nom,
        TypeFait.ENTIER,
        _definition,
        source=_source,
        unite="personnes",
        minimum=0,
        maximum=_PERSONNES_AU_PLUS,
        champs=("foyer.personnes", _critere),
    )(partial(_compter, critere=_critere))


@fait_d_etats(
    "personne.ase_recente",
    TypeFait.BOOLEEN,
    "La prise en charge par l'aide sociale à l'enfance dure encore, ou sa fin date de trois ans au plus",
    source="CCH L441-1 m",
    champs=("personne.ase", "personne.ase_fin", DATE_CALCUL),
    parametres=("ase_annees_apres_fin",),
)
def ase_recente(lecture: Lecture) -> Etat:
    assez_tot = lecture.juger(_encore_dans_les_annees, ["personne.ase_fin", DATE_CALCUL], ["ase_annees_apres_fin"])
    return tous([lecture.etat("personne.ase"), assez_tot])


def _moins_de(valeur: int | None, seuil: int) -> bool:
    return valeur is not None and valeur < seuil


def _encore_dans_les_annees(fin: date | None, jour: date, annees: int) -> bool:
    """Vrai aussi sans date de fin : la prise en charge dure encore."""
    return fin is None or jour <= ajouter_mois(fin, int(annees) * MOIS_PAR_AN)


@fait_d_etats(
    "unites_consommation",
    TypeFait.DECIMAL,
    "Unités de consommation du foyer, sans les naissances attendues ni les enfants en droit de visite",
    source="INSEE, définition c1802 (échelle dite de l'OCDE) : https://www.insee.fr/fr/metadonnees/definition/c1802",
    confiance="V2",
    unite="unités de consommation",
    minimum=1,
    maximum=_PERSONNES_AU_PLUS,
    decimales=1,
    champs=("foyer.personnes", "personne.age", "personne.droit_visite", "personne.role"),
    parametres=("uc_premier_adulte", "uc_autre_personne", "uc_enfant", "uc_age_enfant"),
)
def unites_consommation(lecture: Lecture) -> Etat:
    poids = [lecture.parametre(p) for p in ("uc_premier_adulte", "uc_autre_personne", "uc_enfant")]
    if not all(p.connu for p in poids):
        return INCONNU
    premier, grand, petit = (Decimal(str(p.valeur)) for p in poids)
    parts = [_part(une, grand, petit) for une in lecture.chacun(CODEMANDEUR, AUTRE)]
    bas = premier + sum((min(part) for part in parts), Decimal(0))
    haut = premier + sum((max(part) for part in parts), Decimal(0)) + lecture.autres_possibles * max(grand, petit)
    return entre(bas, haut)


def _part(une: Lecture, grand: Decimal, petit: Decimal) -> set[Any]:
    """Les parts que cette personne peut représenter."""
    jeune = dire(une.juger(_moins_de, ["personne.age"], ["uc_age_enfant"]))
    parts = {grand, petit} if jeune is None else {petit if jeune else grand}
    recue = dire(une.etat("personne.droit_visite"))
    if recue is None:
        return parts | {Decimal(0)}
    return {Decimal(0)} if recue else parts
