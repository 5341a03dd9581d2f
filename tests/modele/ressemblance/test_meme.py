"""Ce qui se propose comme peut-être la même personne, et ce qui ne se montre que dans la recherche."""

from __future__ import annotations

import pytest

from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import AIDANT, Fiche
from modele.ressemblance.proximite import Ressemblance, la_meilleure, ressemblance

NEE = "1984-03-12"


def propose(demande: Demande, fiche: Fiche) -> bool:
    return ressemblance(demande, fiche).meme


@pytest.mark.parametrize(
    ("cherchee", "connue", "attendu"),
    [
        (("ben ali", "nadia", NEE), ("ben ali", "nadia", NEE), True),
        (("ben ali", "nadia", NEE), ("ben aly", "nadya", NEE), True),
        (("ben ali", "nadia", NEE), ("ben ali", "nadia", "1984"), True),
        (("ben ali", "nadia", NEE), ("ben ali", "nadia", ""), True),
        (("ben ali", "nadia", ""), ("ben ali", "nadia eva", NEE), True),
        (("ben ali", "nadia", ""), ("ben ali", "eva nadia", NEE), False),
        (("nadia", "ben ali", ""), ("ben ali", "nadia", NEE), True),
        (("ben ali", "", ""), ("ben ali", "nadia", NEE), True),
        (("ben ali", "nadia", NEE), ("ben ali", "nadia", "1960-07-01"), False),
        (("ben ali", "nadia", NEE), ("vasseur", "odile", NEE), False),
        (("ben ali", "nadia", ""), ("benaly", "nadya", ""), False),
    ],
)
def test_par_le_nom_et_la_naissance(
    cherchee: tuple[str, str, str], connue: tuple[str, str, str], attendu: bool
) -> None:
    """Sans naissance : le même nom et le même premier prénom. Un nom proche sans rien d'autre ne se propose pas."""
    noms, prenoms, naissance = cherchee
    demande = Demande((*noms.split(), *prenoms.split()), naissance, prenoms=tuple(prenoms.split()))
    assert propose(demande, Fiche("demandeur", *connue)) is attendu


def test_sans_naissance_seul_le_demandeur_se_propose() -> None:
    demande = Demande(("ben", "ali", "nadia"), prenoms=("nadia",))
    assert not propose(demande, Fiche("codemandeur", "ben ali", "nadia", NEE))
    assert propose(
        Demande(("ben", "ali", "nadia"), NEE, prenoms=("nadia",)), Fiche("codemandeur", "ben ali", "nadia", NEE)
    )


def test_par_ses_numeros() -> None:
    """Son numéro la désigne ; son téléphone avec sa naissance au jour, ou son nom ; celui qui l'aide, jamais."""
    connue = Fiche("demandeur", "ben ali", "nadia", NEE, "639980101", "123456789")
    autre = ("vasseur", "odile")
    assert propose(Demande(autre, numero="123456789"), connue)
    assert not propose(Demande(autre, numero="12345678"), connue)
    assert propose(Demande(autre, NEE, "639980101"), connue)
    assert not propose(Demande(autre, "1984", "639980101"), connue)
    assert not propose(Demande(autre, telephone="639980101"), connue)
    assert propose(Demande(("benaly", "nadia"), telephone="639980101", prenoms=("nadia",)), connue)
    assert not propose(Demande((), NEE, "639980101"), Fiche(AIDANT, "", "", NEE, "639980101"))


def test_d_un_dossier_la_plus_ressemblante_se_dit_et_l_une_suffit_a_proposer() -> None:
    haute, basse = Ressemblance(0.9, ("haute",)), Ressemblance(0.8, ("basse",), (), True)
    assert la_meilleure(None, basse) == basse
    assert la_meilleure(haute, basse) == la_meilleure(basse, haute) == Ressemblance(0.9, ("haute",), (), True)
    assert la_meilleure(haute, Ressemblance(0.7, ())) is haute
