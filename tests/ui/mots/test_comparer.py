"""Deux dossiers côte à côte : pareil, différent, d'un seul côté ; rien de ce qui se dit seul à seul."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from modele.bilan import Regles, charger_regles
from modele.coffre.listes import AReunir
from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from modele.dossier.operations import Chaine, ChampPose, nouvelle_operation
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.fusion import EtatDossier, fusionner
from ui.mots.comparer import Garde, Verdict, comparer
from ui.theatre.scenes import heberge


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def test_ce_qui_differe_passe_devant(regles: Regles) -> None:
    """Un nom différent d'abord, ce qui est pareil en dernier."""
    autre = poser(poser(heberge(), "demandeur.nom", "MORELLE"), "contact.telephone", "0612345678")
    lignes = comparer(heberge(), autre, regles)
    assert (lignes[0].libelle, lignes[0].ici, lignes[0].la_bas) == ("Nom de naissance", "MOREL", "MORELLE")
    assert [ligne.verdict for ligne in lignes] == sorted((ligne.verdict for ligne in lignes), key=list(Verdict).index)
    (telephone,) = [ligne for ligne in lignes if ligne.libelle == "Téléphone"]
    assert (telephone.verdict, telephone.ici, telephone.la_bas) == (
        Verdict.UN_COTE,
        "Rien de noté",
        "06 12 34 56 78",
    )


def test_un_enfant_de_meme_nom_est_pareil_malgre_son_identifiant(regles: Regles) -> None:
    """Chaque dossier a donné le sien."""
    (ines,) = [ligne for ligne in comparer(heberge(), heberge(), regles) if "Inès" in ligne.libelle]
    assert ines.verdict is Verdict.PAREIL


def test_ce_qui_dit_une_violence_ne_se_compare_pas(regles: Regles) -> None:
    """Ni réponse, ni pièce, ni trace d'une question posée."""
    dit = heberge()
    for chemin, valeur in (
        ("triage.peur_au_domicile", True),
        ("demande.motifs", {"coches": ["violences"], "clos": True}),
        ("protection.preuves", {"coches": ["ordonnance_protection"]}),
        (f"pieces.elements.{identifiant()}", {"piece": "recepisse-plainte", "etat": "vue"}),
        ("protection.seul_a_seul", True),
    ):
        dit = poser(dit, chemin, valeur)
    mots = " ".join(f"{ligne.libelle} {ligne.ici} {ligne.la_bas}" for ligne in comparer(dit, heberge(), regles)).lower()
    for interdit in ("violence", "plainte", "peur", "ordonnance", "seul"):
        assert interdit not in mots, interdit


def test_ce_qui_dit_qui_est_quelqu_un_est_a_masquer(regles: Regles) -> None:
    """Nom, naissance, téléphone, enfant : masqués, et leur libellé neutre ne nomme personne. Le reste se lit."""
    lignes = comparer(heberge(), heberge() | {"contact": {"telephone": "0612345678"}}, regles)
    masquees = {ligne.libelle for ligne in lignes if ligne.masquee}
    assert {"Nom de naissance", "Téléphone"} <= masquees
    assert any("Inès" in libelle for libelle in masquees)
    assert not any("Inès" in ligne.neutre for ligne in lignes)
    assert any(not ligne.masquee for ligne in lignes)


def _etat(document: dict[str, Any]) -> EtatDossier:
    champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(document)}
    chaine = Chaine("metropole-exemple", "poste", document["id"])
    ne = nouvelle_operation(chaine, document["id"], champs, Auteur("Moi"), datetime(2026, 11, 22, tzinfo=UTC))
    return fusionner(EtatDossier(document["id"], "metropole-exemple"), ne, "poste").etat


def _garde(ici: dict[str, Any], la_bas: dict[str, Any], regles: Regles) -> Garde:
    return Garde(AReunir(ici, la_bas, _etat(ici), _etat(la_bas)), regles)


def test_ce_qui_se_choisit_se_nomme_sans_valeur(regles: Regles) -> None:
    """Une réponse par unité qui diffère, dans les mots de l'entretien ; pas un mot de ce qu'elle dit."""
    ici = poser(heberge(), "contact.telephone", "0612345678")
    la_bas = poser(poser(heberge(), "demandeur.nom", "MORELLE"), "contact.telephone", "0699999999")
    garde = _garde(ici, la_bas, regles)
    assert [(une.unite, une.libelle) for une in garde.choix] == [
        ("contact#telephone", "Téléphone"),
        ("demandeur#identite", "Nom de naissance"),
    ]


def test_ce_qui_sera_garde_se_lit_dans_les_deux_sens(regles: Regles) -> None:
    """Le dossier qui continue, et celui dont on garde la réponse, sont deux choix différents."""
    ici, la_bas = heberge(), poser(heberge(), "demandeur.nom", "MORELLE")
    garde = _garde(ici, la_bas, regles)
    for survivant in (ici["id"], la_bas["id"]):
        for choisi, nom in ((ici["id"], "MOREL"), (la_bas["id"], "MORELLE")):
            lignes = garde.apercu(survivant, {"demandeur#identite": choisi})
            assert [un.ici for un in lignes if un.libelle == "Nom de naissance"] == [nom]
            assert len([un for un in lignes if "Inès" in un.libelle]) == 1, "l'enfant ne compte qu'une fois"
    assert garde.codes(ici["id"], {"u": la_bas["id"], "v": ici["id"]}) == {"u": "absorbe", "v": "survivant"}


def test_ce_qui_dit_une_violence_ou_se_pose_seul_a_seul_ne_se_choisit_pas(regles: Regles) -> None:
    """Ni proposé, ni nommé : cela reste au survivant, et à départager seul à seul."""
    ici, la_bas = heberge(), heberge()
    for chemin, un, autre in (
        ("demande.motif_principal", "violences", "sante"),
        ("triage.peur_au_domicile", True, False),
        ("protection.seul_a_seul", True, False),
        ("foyer.personnes.clos", True, False),
    ):
        ici, la_bas = poser(ici, chemin, un), poser(la_bas, chemin, autre)
    assert _garde(ici, la_bas, regles).choix == ()
