"""Faits des plafonds de ressources : catégorie de ménage, et ressources comparées aux plafonds du territoire."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from modele.dossier.faits.domaines import dire, entre, l_un, tous
from modele.dossier.faits.foyer import AUTRE
from modele.dossier.faits.lecture import Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import INCONNU, Etat
from modele.regles.faits import TypeFait

_ARRETE = "Arrêté du 29 juillet 1987 modifié, art. 1 et 2"
_EUROS_AU_PLUS = 9_999_999
CATEGORIES = 6
# Ce que vaut un surclassement à partir de six personnes, en suppléments : les deux lectures du texte, en données.
AU_MOINS, AU_PLUS = "surclassement_six_au_moins", "surclassement_six_au_plus"
COUPLE = 2


@fait_d_etats(
    "jeune_menage",
    TypeFait.BOOLEEN,
    "Couple sans personne à charge dont la somme des âges révolus ne dépasse pas 55 ans",
    source=f"{_ARRETE} ; service-public.fr F869",
    confiance="V2",
    champs=("en_couple", "nombre_a_charge", "demandeur.age", "codemandeur.age"),
    parametres=("jeune_menage_somme_ages",),
)
def jeune_menage(lecture: Lecture) -> Etat:
    return tous(
        [
            lecture.etat("en_couple"),
            lecture.juger(_aucun, ["nombre_a_charge"]),
            lecture.juger(_assez_jeunes, ["demandeur.age", "codemandeur.age"], ["jeune_menage_somme_ages"]),
        ]
    )


def _aucun(nombre: int) -> bool:
    return nombre == 0


def _assez_jeunes(un: int | None, autre: int | None, somme: int) -> bool:
    return un is not None and autre is not None and un + autre <= somme


@fait_d_etats(
    "nombre_personnes_plafonds",
    TypeFait.ENTIER,
    "Personnes comptées pour les plafonds : sans les naissances attendues, avec les enfants en droit de visite",
    source="CCH R441-1 1°, L442-12",
    unite="personnes",
    minimum=1,
    maximum=40,
    champs=("foyer.personnes", "foyer.avec_codemandeur", "personne.droit_visite"),
    parametres=("plafonds_comptent_droit_visite",),
)
def nombre_personnes_plafonds(lecture: Lecture) -> Etat:
    autres = lecture.chacun(AUTRE)
    recus = [dire(une.etat("personne.droit_visite")) for une in autres]
    comptent = lecture.parametre("plafonds_comptent_droit_visite")
    toujours = comptent.connu and comptent.valeur == 1
    jamais = comptent.connu and not toujours
    surs = len(lecture.personnes) - len(autres) + sum(1 for recu in recus if toujours or recu is False)
    doutes = sum(1 for recu in recus if not toujours and (recu is None or (recu and not jamais)))
    return entre(surs, surs + doutes + lecture.autres_possibles)


def categorie(nombre: int, seule_avec_charge: bool, jeune_menage: bool, handicap: bool) -> int:
    """La catégorie (1 à 6) de ``nombre`` personnes : un seul surclassement, quel qu'en soit le nombre de raisons.

    Le jeune ménage est un couple : avec une troisième personne, même non à charge, il n'est plus surclassé à ce titre.
    """
    surclasse = seule_avec_charge or handicap or (jeune_menage and nombre <= COUPLE)
    return min(CATEGORIES, nombre + bool(surclasse))


@fait_derive(
    "categorie_menage",
    TypeFait.ENTIER,
    "Catégorie de ménage des plafonds de ressources, de 1 à 6 ; un seul surclassement, aucun à partir de six personnes",
    source=_ARRETE,
    confiance="V2",
    minimum=1,
    maximum=CATEGORIES,
    champs=("nombre_personnes_plafonds", "personne_seule_avec_charge", "jeune_menage", "cmi_invalidite_foyer"),
)
def categorie_menage(nombre: int, seule_avec_charge: bool, jeune: bool, handicap: bool) -> int:
    return categorie(nombre, seule_avec_charge, jeune, handicap)


@fait_d_etats(
    "personnes_au_dela_de_six",
    TypeFait.ENTIER,
    "Personnes dont le supplément s'ajoute à la catégorie 6 ; une de plus peut-être, si le ménage y est surclassé",
    source=f"{_ARRETE} : « six personnes ou une personne seule avec quatre personnes à charge » ; F869 (divergents)",
    confiance="D",
    unite="personnes",
    minimum=0,
    maximum=40,
    champs=("nombre_personnes_plafonds", "personne_seule_avec_charge", "cmi_invalidite_foyer"),
    parametres=(AU_MOINS, AU_PLUS),
)
def personnes_au_dela_de_six(lecture: Lecture) -> Etat:
    """Deux lectures du texte à partir de six personnes : aucune ne fait dire seule que le plafond est dépassé."""
    peu, beaucoup = lecture.bornes("nombre_personnes_plafonds") or (1, 40)
    surclasse = dire(l_un([lecture.etat("personne_seule_avec_charge"), lecture.etat("cmi_invalidite_foyer")]))
    au_moins, au_plus = (lecture.parametre(nom) for nom in (AU_MOINS, AU_PLUS))
    if not (au_moins.connu and au_plus.connu):
        return INCONNU
    surs = int(str(au_moins.valeur)) if surclasse is True and peu >= CATEGORIES else 0
    possibles = int(str(au_plus.valeur)) if surclasse is not False and beaucoup >= CATEGORIES else 0
    return entre(max(0, peu - CATEGORIES) + surs, max(0, beaucoup - CATEGORIES) + possibles)


def _montant(au_dela: int, categorie: int, *montants: int) -> Decimal:
    """Le plafond de la catégorie, plus le supplément de chaque personne au-delà de six."""
    *table, supplement = (Decimal(m) for m in montants)
    return table[categorie - 1] + au_dela * supplement


for _financement in ("plai", "plus"):
    fait_derive(
        f"plafond_{_financement}",
        TypeFait.DECIMAL,
        f"Plafond de ressources {_financement.upper()} du ménage sur ce territoire, à la date de calcul",
        source=f"{_ARRETE} ; annexes mises à jour chaque année",
        confiance="V2",
        unite="euros par an",
        minimum=0,
        maximum=_EUROS_AU_PLUS,
        champs=(
            "personnes_au_dela_de_six",
            "categorie_menage",
            *(f"territoire.plafond_{_financement}_{rang}" for rang in range(1, CATEGORIES + 1)),
            f"territoire.plafond_{_financement}_supplementaire",
        ),
    )(_montant)


@fait_derive(
    "plafond_pls",
    TypeFait.DECIMAL,
    "Plafond de ressources PLS : le plafond PLUS majoré, à l'euro",
    source=f"{_ARRETE} (majoration de 30 %)",
    confiance="D",
    unite="euros par an",
    minimum=0,
    maximum=_EUROS_AU_PLUS,
    champs=("plafond_plus",),
    parametres=("plafond_pls_coefficient",),
)
def plafond_pls(plus: Decimal, coefficient: Decimal) -> Decimal:
    """Publié à l'euro (23 201 donne 30 161) ; un demi-euro va à la personne."""
    return (Decimal(plus) * Decimal(coefficient)).quantize(Decimal(1), ROUND_HALF_UP)


def _respecte(revenu: int, plafond: Decimal) -> bool:
    return revenu <= plafond


for _financement in ("plai", "plus", "pls"):
    fait_derive(
        f"sous_plafond_{_financement}",
        TypeFait.BOOLEEN,
        f"Le revenu fiscal retenu ne dépasse pas le plafond {_financement.upper()} du ménage",
        source=_ARRETE,
        confiance="D" if _financement == "pls" else "V2",
        champs=("revenu_fiscal_retenu", f"plafond_{_financement}"),
    )(_respecte)
