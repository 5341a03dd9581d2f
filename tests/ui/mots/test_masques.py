"""Désigner sans nommer : ce qui reste suffit à choisir, et ne dit rien à qui regarde."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from modele.coffre.listes import Resume
from modele.dossier.codes import reference_courte
from ui.mots.masques import designer, designer_par_reference

NE = datetime(2026, 11, 29, 9, 42, tzinfo=UTC)


def resume(titre: str = "ROUX Kévin", detail: str = "naissance : 02/03/1990", **change: object) -> Resume:
    valeurs = {"reference": "K7Q2F-9M3AB", "discret": False, "modifie_le": NE, "agent": "Ana", "cree_le": NE, "rang": 2}
    return Resume(titre, detail, **(valeurs | change))  # type: ignore[arg-type]


def test_ni_nom_ni_initiale_ni_naissance() -> None:
    """Masqué : la référence, le moment, le lieu ; démasqué, de quoi distinguer deux homonymes."""
    designe = designer(resume(), NE)
    assert (designe.titre, designe.detail) == ("Dossier K7Q2F-9M3AB", "créé à 09:42, sur ce poste")
    assert designe.clair == ("ROUX Kévin", "naissance : 02/03/1990 · K7Q2F-9M3AB")
    assert designer(resume(ici=False), NE).detail == "créé à 09:42, dans un autre guichet"


def test_un_dossier_discret_se_masque_comme_un_autre() -> None:
    """Deux lignes masquées ne disent pas laquelle est discrète."""
    discret, autre = designer(resume("Dossier discret", "", discret=True), NE), designer(resume(), NE)
    assert (discret.titre, discret.detail) == (autre.titre, autre.detail)


def test_deux_sans_nom_se_distinguent_par_l_heure_le_lieu_et_l_ordre() -> None:
    """Jamais par une réponse : la naissance, elle, reste masquée."""
    premier = designer(resume("Sans nom", "", rang=1), NE)
    second = designer(resume("Sans nom", rang=2, cree_le=NE + timedelta(minutes=8)), NE + timedelta(hours=1))
    assert premier.titre == "Sans nom, 1er de la journée, 9 h 42"
    assert (premier.detail, premier.clair) == ("K7Q2F-9M3AB · sur ce poste", None)
    assert second.titre == "Sans nom, 2e de la journée, 9 h 50"
    assert second.clair == (second.titre, "naissance : 02/03/1990 · K7Q2F-9M3AB")
    assert designer(resume("Sans nom", ""), NE + timedelta(days=3)).titre == "Sans nom, 2e du 29/11/2026, 9 h 42"


def test_designer_par_reference() -> None:
    """Là où seul l'identifiant est connu, la même référence."""
    assert designer_par_reference("x") == f"Dossier {reference_courte('x')}"
