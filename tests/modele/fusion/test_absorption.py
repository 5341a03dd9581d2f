"""Deux dossiers étaient la même personne : les deux histoires restent, et ce qui arrive tard va au survivant."""

from __future__ import annotations

from postes_d_essai import Monde, jouer, monde, tout_envoyer, vide

from modele.dossier.chemins import lire
from modele.fusion import EtatDossier, Issue, absorber, decoder_etat, divergences, document, encoder_etat, fusionner

ABSORBE = "01a20190-0000-73ad-91e8-000000000000"


def _deux() -> tuple[Monde, Monde]:
    survivant = monde("A", {"demandeur": {"nom": "Fatihi"}, "logement_actuel": {"loyer": 500}})
    foyer = {"personnes": {"elements": {"e1": {"nom": "Zoé"}}, "ordre": ["e1"]}}
    autre = monde("B", {"demandeur": {"nom": "Fatihy"}, "logement_actuel": {"loyer": 500}, "foyer": foyer})
    return survivant, autre


def _absorbe(etat: EtatDossier) -> EtatDossier:
    return EtatDossier(ABSORBE, etat.territoire, etat.version, etat.unites, etat.auteurs, ("plus-ancien",))


def test_absorber() -> None:
    """Ce que seul l'absorbé disait entre ; là où ils diffèrent, le survivant reste en vigueur et l'on tranche."""
    survivant, autre = (tenu.registre.etat for tenu in _deux())
    fondu = absorber(survivant, _absorbe(autre))
    lu = document(fondu)
    assert lu["id"] == vide().dossier
    assert lu["demandeur"] == {"nom": "Fatihi"}
    assert lu["foyer"]["personnes"]["ordre"] == ["e1"]
    (divergence,) = divergences(fondu)
    assert [un.auteur.agent for un in divergence.propositions] == ["A", "B"]
    assert (fondu.version, fondu.absorbes) == (2, (ABSORBE, "plus-ancien"))
    assert decoder_etat(encoder_etat(fondu)) == fondu


def test_ce_qui_arrive_tard_de_l_absorbe_va_au_survivant() -> None:
    """B, sans réseau, continuait l'ancien dossier : ses valeurs retrouvent les siennes et les remplacent."""
    survivant, autre = _deux()
    jouer(autre, [("poser", "B", {"foyer.personnes.elements.e1.nom": "Zoë", "demandeur.nom": "Fatihi"})])
    fondu = absorber(survivant.registre.etat, _absorbe(autre.registre.etat))
    fusion = fusionner(fondu, autre["B"].attente[0].operation, "B")
    assert lire(document(fusion.etat), "foyer.personnes.elements.e1.nom") == "Zoë"
    assert divergences(fusion.etat) == []
    assert fusion.issue is Issue.FUSIONNEE


def test_une_tete_commune_ne_se_double_pas() -> None:
    """Une opération que les deux tenaient déjà n'y est qu'une fois."""
    etat = monde("A", {"demandeur": {"nom": "Fatihi"}}).registre.etat
    fondu = absorber(etat, _absorbe(etat))
    assert fondu.unites == etat.unites


def test_apres_l_absorption_tout_se_tranche() -> None:
    """Le survivant se tranche comme tout dossier."""
    survivant, autre = _deux()
    survivant.registre.etat = absorber(survivant.registre.etat, _absorbe(autre.registre.etat))
    survivant["A"].recevoir()
    jouer(survivant, [("trancher", "A", 0, 1)])
    tout_envoyer(survivant)
    assert divergences(survivant.registre.etat) == []
    assert document(survivant.registre.etat)["demandeur"] == {"nom": "Fatihy"}
