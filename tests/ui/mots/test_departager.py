"""Une divergence mise en mots : qui, où, quand, ce qui diffère, ce qui le prouve ; rien qui penche d'un côté."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from modele.bilan import Regles, charger_regles
from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from modele.synchro.etats import DivergenceMontree, PropositionMontree
from ui.mots.departager import DivergenceDite, preparer
from ui.theatre.scenes import heberge

AGENT = "Ana Martin"
MAINTENANT = datetime(2026, 11, 25, 11, 40).astimezone()
HIER = MAINTENANT - timedelta(days=1)


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def la_bas(valeurs: dict[str, Any], qui: str = "Karim Benali", **change: Any) -> PropositionMontree:
    dits: dict[str, Any] = {"poste": "accueil 2", "guichet": "CCAS de Colombe", "quand": HIER, **change}
    return PropositionMontree(valeurs, dits.pop("en_vigueur", False), dits.pop("ici", False), qui, **dits)


def ici(valeurs: dict[str, Any], qui: str = AGENT, **change: Any) -> PropositionMontree:
    return la_bas(valeurs, qui, ici=True, poste="poste 1", guichet="MDS", **change)


def dire(
    regles: Regles, document: dict[str, Any], unite: str, *propositions: PropositionMontree, **base: Any
) -> DivergenceDite:
    divergence = DivergenceMontree(document["id"], "MOREL Zoé", unite, propositions, base.get("base", {}))
    return preparer(divergence, document, regles, AGENT, MAINTENANT)


def test_le_meme_telephone_change_des_deux_cotes(regles: Regles) -> None:
    """Le cas le plus courant : deux numéros, deux signatures, la question à poser, aucun choix fait."""
    dite = dire(
        regles,
        heberge(),
        "contact#telephone",
        la_bas({"contact.telephone": "0612345678"}, en_vigueur=True),
        ici({"contact.telephone": "0698765432"}),
        base={"contact.telephone": "0611111111"},
    )
    assert dite.sujet == "Téléphone"
    assert dite.question == "À quel numéro peut-on vous joindre ?"
    assert dite.recit == "Vous et Karim Benali : chacun a répondu sans voir la réponse de l'autre."
    assert [ligne.dite for ligne in dite.avant] == ["06 11 11 11 11"]
    autre, mien = dite.partis
    assert (autre.titre, autre.signature) == ("CCAS de Colombe", "Karim Benali, accueil 2, hier à 11:40")
    assert (mien.titre, mien.signature) == ("La vôtre", "Vous, sur ce poste, hier à 11:40")
    assert [ligne.dite for parti in dite.partis for ligne in parti.lignes] == ["06 12 34 56 78", "06 98 76 54 32"]
    assert (autre.en_vigueur, mien.en_vigueur) == (True, False)
    assert not dite.protegee


def test_seuls_les_champs_qui_different_sont_mis_en_avant(regles: Regles) -> None:
    """L'identité va ensemble, mais la civilité commune ne se compare pas."""
    commun = {"demandeur.civilite": "madame", "demandeur.date_naissance": "1988-01-05"}
    dite = dire(
        regles,
        heberge(),
        "demandeur#identite",
        ici({**commun, "demandeur.nom": "MOREL"}),
        la_bas({**commun, "demandeur.nom": "MORELLE"}),
    )
    assert [ligne.dite for parti in dite.partis for ligne in parti.lignes] == ["MOREL", "MORELLE"]
    assert [(ligne.libelle, ligne.dite) for ligne in dite.pareil] == [
        ("Civilité", "Madame"),
        ("Date de naissance", "05/01/1988"),
    ]


def test_un_element_retire_ici_et_change_la_bas_s_explique(regles: Regles) -> None:
    """« Retirée de la liste par…, changée par… » ; garder dit ce qui a été changé."""
    document = heberge()
    enfant = next(iter(document["foyer"]["personnes"]["elements"]))
    element = f"foyer.personnes.elements.{enfant}"
    dite = dire(
        regles,
        document,
        element,
        ici({}, en_vigueur=True),
        la_bas({element: {}, f"{element}.lien": "enfant"}),
    )
    assert dite.sujet == "Inès MOREL"
    assert dite.recit == "Retirée de la liste par vous, changée par Karim Benali pendant ce temps."
    assert dite.question == ""
    retire, garde = dite.partis
    assert (retire.retire, retire.lignes) == (True, ())
    assert [(ligne.libelle, ligne.dite) for ligne in garde.lignes] == [("Lien avec le demandeur", "Mon enfant")]
    assert garde.valeurs == {element: {}, f"{element}.lien": "enfant"}


def test_un_element_que_ce_poste_n_a_plus_se_nomme_encore(regles: Regles) -> None:
    """Retiré du document en vigueur : son nom vient de ce que l'autre en dit."""
    element = f"foyer.personnes.elements.{identifiant()}"
    dite = dire(
        regles,
        heberge(),
        element,
        la_bas({}, en_vigueur=True),
        ici({element: {}, f"{element}.prenoms": "Sami", f"{element}.nom": "MOREL"}),
    )
    assert dite.sujet == "Sami MOREL"


def test_une_ressource_retiree_s_accorde_et_un_colocataire_aussi(regles: Regles) -> None:
    """Le genre du mot suit la liste."""
    for liste, debut in (("ressources.revenus", "Retirée"), ("foyer.colocataires", "Retiré ")):
        element = f"{liste}.elements.{identifiant()}"
        dite = dire(regles, heberge(), element, ici({}), la_bas({element: {}}))
        assert dite.recit.startswith(debut)


def test_la_piece_qui_prouverait_chaque_reponse(regles: Regles) -> None:
    """Hébergé chez quelqu'un, ou à l'hôtel : ce n'est pas le même papier ; vu ou non, c'est dit."""
    document = poser(
        heberge(),
        "pieces",
        {"elements": {"p": {"piece": "recu-hotel", "etat": "vue", "vue_le": "2026-11-20"}}, "ordre": ["p"]},
    )
    dite = dire(
        regles,
        document,
        "logement_actuel.statut",
        ici({"logement_actuel.statut": "chez_particulier"}),
        la_bas({"logement_actuel.statut": "hotel"}),
    )
    assert dite.partis[0].pieces == ("Pièce à voir : Attestation de la personne qui héberge",)
    assert dite.partis[1].pieces == ("Pièce vue le 20/11/2026 : Reçu de l'hôtel ou du camping",)
    assert dite.pieces == ()


def test_une_piece_qui_vaut_pour_les_deux_ne_se_dit_qu_une_fois(regles: Regles) -> None:
    """La pièce d'identité départage deux noms."""
    document = poser(heberge(), "demandeur.nationalite", "francaise")
    dite = dire(
        regles, document, "demandeur#identite", ici({"demandeur.nom": "MOREL"}), la_bas({"demandeur.nom": "MORELLE"})
    )
    assert dite.pieces == ("Pièce à voir : Pièce d'identité",)
    assert [parti.pieces for parti in dite.partis] == [(), ()]


def test_le_meme_agent_sur_deux_postes(regles: Regles) -> None:
    """Personne ne s'est contredit : deux postes ne se voyaient pas."""
    dite = dire(
        regles,
        heberge(),
        "contact#telephone",
        ici({"contact.telephone": "0612345678"}),
        la_bas({"contact.telephone": "0698765432"}, AGENT),
    )
    assert dite.recit == "Deux postes ont noté des réponses différentes, l'un sans voir l'autre."


def test_trois_reponses_restent_trois(regles: Regles) -> None:
    """Une divergence n'est pas toujours un face-à-face."""
    dite = dire(
        regles,
        heberge(),
        "logement_actuel.statut",
        ici({"logement_actuel.statut": "hotel"}),
        la_bas({"logement_actuel.statut": "sans_abri"}),
        la_bas({"logement_actuel.statut": "chez_particulier"}, "Fatou Diop", guichet="", poste="poste 7"),
    )
    assert [parti.titre for parti in dite.partis] == ["La vôtre", "CCAS de Colombe", "Un autre poste"]
    assert dite.recit.startswith("Vous, Karim Benali et Fatou Diop : ")


def test_un_dossier_discret_est_protege_et_ne_nomme_personne(regles: Regles) -> None:
    """Tout y attend un geste, et une personne s'y désigne par son rang."""
    document = poser(heberge(), "protection.discret", True)
    enfant = next(iter(document["foyer"]["personnes"]["elements"]))
    dite = dire(
        regles,
        document,
        f"foyer.personnes.elements.{enfant}.lien",
        ici({f"foyer.personnes.elements.{enfant}.lien": "enfant"}),
        la_bas({f"foyer.personnes.elements.{enfant}.lien": "autre"}),
    )
    assert dite.protegee
    assert "Inès" not in dite.sujet


def test_une_reponse_de_violence_est_protegee_meme_hors_dossier_discret(regles: Regles) -> None:
    """La seule valeur suffit."""
    dite = dire(
        regles,
        heberge(),
        "demande.motifs",
        ici({"demande.motifs": {"coches": ["violences"], "clos": True}}),
        la_bas({"demande.motifs": {"coches": [], "clos": True}}),
    )
    assert dite.protegee


def test_une_violence_effacee_ne_se_lit_plus_dans_ce_qu_il_y_avait(regles: Regles) -> None:
    """Deux postes ont remplacé le motif chacun de son côté : ce qu'il disait avant ne se montre ni ne se compte."""
    for avant, attendu in (("violences", 0), ("trop_cher", 1)):
        dite = dire(
            regles,
            heberge(),
            "demande.motif_principal",
            ici({"demande.motif_principal": "trop_petit"}),
            la_bas({"demande.motif_principal": "sante"}),
            base={"demande.motif_principal": avant},
        )
        assert len(dite.avant) == attendu
