"""Deux dossiers d'ici n'en font qu'un, par une personne, sans registre : à travers le mur, et cela s'annule."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT, sans_mur

from modele.coffre import Coffre, envois, reunions
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document
from modele.droits import Auteur
from modele.fusion import choix
from modele.fusion.choix import ABSORBE, SURVIVANT, a_choisir, apercu
from modele.protection.mots import SEPARES
from modele.regles.fautes import ErreurUtilisateur

MOI = Auteur(AGENT)
IDENTITE = "demandeur#identite"


def personne(nom: str, prenoms: str, naissance: str, **reste: str) -> Document:
    return {"nom": nom, "prenoms": prenoms, "date_naissance": naissance, **reste}


def liste(**elements: Any) -> Document:
    return {"elements": elements, "ordre": list(elements)}


PREMIER: Document = {
    "demandeur": personne("Fatihi", "Nadia", "1984-03-12"),
    "contact": {"telephone": "0612345678"},
    "foyer": {"personnes": liste(e1=personne("Fatihi", "Zoé", "2019-06-01"))},
    "ressources": {"revenus": liste(r1={"type": "salaire", "montant": 1000, "personne": "demandeur"})},
}
SECOND: Document = {
    "demandeur": personne("Fatihi", "Nadia", "1984-12-03", nom_usage="Sow"),
    "contact": {"courriel": "nadia@example.org"},
    "foyer": {
        "personnes": liste(
            f1=personne("Fatihi", "Zoé", "2019-06-01", lien="enfant"), f2=personne("Fatihi", "Ali", "2021-02-03")
        )
    },
    "ressources": {
        "revenus": liste(
            s1={"type": "salaire", "montant": 1000, "personne": "demandeur"},
            s2={"type": "autre", "montant": 100, "personne": "f1"},
        )
    },
}


def creer(coffre: Coffre, document: Document) -> str:
    return str(coffre.creer_dossier(document, MOI)["id"])


def deux(coffre: Coffre) -> tuple[str, str]:
    return creer(coffre, PREMIER), creer(coffre, SECOND)


def test_chacun_apporte_ce_que_lui_seul_savait_et_la_personne_choisit_le_reste(coffre: Coffre) -> None:
    """L'aperçu dit d'avance ce qui sera gardé ; un enfant, un salaire dits deux fois ne se comptent pas deux fois."""
    un, autre = deux(coffre)
    pret = coffre.memes.preparer(un, autre)
    assert [une.unite for une in a_choisir(pret.etat, pret.autre_etat)] == [IDENTITE]
    prevu = apercu(pret.etat, pret.autre_etat, {IDENTITE: ABSORBE})
    fait = coffre.memes.fondre(un, autre, {IDENTITE: ABSORBE}, MOI)
    assert {cle: fait[cle] for cle in ("demandeur", "contact", "foyer", "ressources")} == {
        cle: prevu[cle] for cle in ("demandeur", "contact", "foyer", "ressources")
    }
    assert fait["demandeur"] == SECOND["demandeur"]
    assert fait["contact"] == {"telephone": "0612345678", "courriel": "nadia@example.org"}
    assert fait["foyer"]["personnes"]["elements"] == {
        "e1": personne("Fatihi", "Zoé", "2019-06-01", lien="enfant"),
        "f2": personne("Fatihi", "Ali", "2021-02-03"),
    }
    revenus = fait["ressources"]["revenus"]["elements"]
    assert revenus.keys() == {"r1", "s2"}
    assert revenus["s2"]["personne"] == "e1", "un revenu suit la personne dont il est"
    assert (coffre.compter(), coffre.verifier_chaine(), coffre.echanges.divergences()) == (1, [], [])


def test_le_fondu_mene_au_survivant_et_les_deux_histoires_se_lisent(coffre: Coffre) -> None:
    """Sa référence le trouve, il ne s'ouvre plus, et ce qu'il avait dit se lit dans l'histoire du survivant."""
    un, autre = deux(coffre)
    reference = coffre.rechercher("Sow")[0].resume.reference
    coffre.memes.fondre(un, autre, {}, MOI)
    assert [trouve.dossier for trouve in coffre.rechercher(reference)] == [un]
    with pytest.raises(ErreurUtilisateur, match="fondu dans un autre"):
        coffre.lire(autre)
    lus = {(ligne.chemin, ligne.apres) for ligne in coffre.histoire(un, MOI).changements}
    assert {("contact.telephone", "0612345678"), ("contact.courriel", "nadia@example.org")} <= lus
    assert coffre.acces(un)[-1].geste.acces is coffre.acces(autre)[-1].geste.acces is Acces.REUNIR


def test_ce_que_nul_n_a_choisi_reste_a_departager(coffre: Coffre) -> None:
    """La valeur du survivant est en vigueur, l'autre est gardée ; la départager vaut sans registre."""
    un, autre = deux(coffre)
    fait = coffre.memes.fondre(un, autre, {}, MOI)
    assert fait["demandeur"] == PREMIER["demandeur"]
    assert [unite for _, _, unite in coffre.echanges.divergences()] == [IDENTITE]
    valeurs = {f"demandeur.{nom}": un for nom, un in SECOND["demandeur"].items()}
    tranche = coffre.echanges.trancher(un, IDENTITE, valeurs, MOI)
    assert (tranche["demandeur"], coffre.echanges.divergences()) == (SECOND["demandeur"], [])


def test_ecrire_ensuite_ne_diverge_pas(coffre: Coffre) -> None:
    """Ce qui vient de l'absorbé, ou des deux, se change comme le reste."""
    un, autre = deux(coffre)
    coffre.memes.fondre(un, autre, {IDENTITE: SURVIVANT}, MOI)
    champs = {"contact.courriel": "n@example.org", "demandeur.nom": "Sow", "contact.telephone": ABSENT}
    fait = coffre.modifier(un, champs, MOI)
    assert (fait["contact"], fait["demandeur"]["nom"]) == ({"courriel": "n@example.org"}, "Sow")
    etat = coffre.echanges.etat_projete(un, "")
    assert etat is not None
    assert all(len(tetes) == 1 for cle, tetes in etat.unites.items() if cle == IDENTITE or cle.startswith("contact"))
    coffre.memes.du_dossier(un)


def test_annuler_rend_les_deux_et_ne_l_envoie_jamais(coffre: Coffre) -> None:
    """Chacun redevient ce que disent ses saisies ; ce qui s'est écrit depuis reste où on l'a écrit."""
    un, autre = deux(coffre)
    coffre.brouillon(autre, "demandeur.prenoms", "Nad")
    avant = coffre.lire(un), coffre.lire(autre)
    coffre.memes.fondre(un, autre, {IDENTITE: ABSORBE}, MOI)
    (faite,) = coffre.memes.faites(un)
    assert faite.absorbe == autre
    assert coffre.memes.defaire(un, autre, MOI) == avant[0]
    assert (coffre.lire(un), coffre.lire(autre)) == avant
    assert (coffre.compter(), coffre.memes.faites(un), coffre.verifier_chaine()) == (2, [], [])
    assert [trouve.dossier for trouve in coffre.rechercher("Sow")] == [autre]
    assert [trouve.dossier for trouve in coffre.memes.du_dossier(un)] == [autre], "l'erreur était d'avoir réuni"
    champs = [chemin for operation in coffre.echanges.lot(500) for chemin in operation.champs]
    assert not any(chemin.startswith("absorbes") for chemin in champs)
    assert coffre.acces(un)[-1].geste.acces is Acces.DEFAIRE
    with pytest.raises(ErreurUtilisateur, match="ne s'annule plus"):
        coffre.memes.defaire(un, autre, MOI)


def test_annule_puis_reuni_dans_l_autre_sens(coffre: Coffre) -> None:
    """Rien de la première réunion ne revient."""
    un, autre = deux(coffre)
    coffre.memes.fondre(un, autre, {IDENTITE: ABSORBE}, MOI)
    coffre.memes.defaire(un, autre, MOI)
    fait = coffre.memes.fondre(autre, un, {IDENTITE: SURVIVANT}, MOI)
    assert (fait["demandeur"], coffre.compter()) == (SECOND["demandeur"], 1)
    assert coffre.echanges.divergences() == []


def test_partie_elle_ne_s_annule_plus(coffre: Coffre) -> None:
    """Le registre l'a peut-être : ce poste ne sait pas le lui reprendre."""
    un, autre = deux(coffre)
    coffre.memes.fondre(un, autre, {}, MOI)
    lot = coffre.echanges.lot(500)
    assert coffre.echanges.noter_essai([une.entete.id for une in lot])
    assert coffre.memes.faites(un) == []
    with pytest.raises(ErreurUtilisateur, match="ne s'annule plus"):
        coffre.memes.defaire(un, autre, MOI)


def test_l_annulation_ne_baisse_pas_la_discretion(coffre: Coffre) -> None:
    """Le survivant devenu discret tient aussi ce que l'autre savait : le rendre ordinaire le montrerait."""
    un, autre = deux(coffre)
    coffre.memes.fondre(un, autre, {}, MOI)
    coffre.modifier(un, {"protection.discret": True}, MOI)
    assert coffre.memes.faites(un) == []
    with pytest.raises(ErreurUtilisateur, match="ne s'annule plus"):
        coffre.memes.defaire(un, autre, MOI)
    assert coffre.rechercher("Sow") == []


def _dit(coffre: Coffre, dossier: str) -> None:
    """Une violence se dit, puis s'efface : l'histoire la garde."""
    coffre.modifier(dossier, {"demande.motif_principal": "violences"}, MOI)
    coffre.modifier(dossier, {"demande.motif_principal": ABSENT}, MOI)


@pytest.mark.parametrize("sens", [(0, 1), (1, 0)])
def test_un_discret_et_un_ordinaire_jamais(coffre: Coffre, sens: tuple[int, int]) -> None:
    """Dans aucun sens, ni deux discrets par cette porte ; ni proposés l'un à l'autre."""
    paire = creer(coffre, PREMIER), creer(coffre, SECOND)
    coffre.modifier(paire[1], {"protection.discret": True}, MOI)
    un, autre = paire[sens[0]], paire[sens[1]]
    assert coffre.memes.du_dossier(un) == []
    for geste in (lambda: coffre.memes.preparer(un, autre), lambda: coffre.memes.fondre(un, autre, {}, MOI)):
        with pytest.raises(ErreurUtilisateur, match=SEPARES):
            geste()
    coffre.modifier(paire[0], {"protection.discret": True}, MOI)
    assert coffre.memes.du_dossier(un) == []
    with pytest.raises(ErreurUtilisateur, match=SEPARES):
        coffre.memes.fondre(un, autre, {}, MOI)


def test_un_fait_protege_meme_efface_le_mur_juge(coffre: Coffre) -> None:
    """Le dossier d'une personne qui l'a dit ne rejoint pas celui qu'un autre adulte lit, et ne s'y propose pas."""
    un, autre = deux(coffre)
    commun = creer(coffre, {**SECOND, "codemandeur": personne("Sow", "Paul", "1980-01-01")})
    _dit(coffre, un)
    assert [trouve.dossier for trouve in coffre.memes.du_dossier(un)] == [autre]
    assert [trouve.dossier for trouve in coffre.memes.du_dossier(commun)] == [autre]
    for survivant, absorbe in ((un, commun), (commun, un)):
        with pytest.raises(ErreurUtilisateur, match=SEPARES):
            coffre.memes.fondre(survivant, absorbe, {}, MOI)
    # L'histoire suit : réunie à un autre, elle le sépare aussi du dossier commun.
    coffre.memes.fondre(autre, un, {}, MOI)
    with pytest.raises(ErreurUtilisateur, match=SEPARES):
        coffre.memes.fondre(commun, autre, {}, MOI)


def test_sans_le_mur_cela_se_verrait(coffre: Coffre) -> None:
    """Le mutant : sans ``reunissables``, le dossier commun se proposerait et se réunirait."""
    un, commun = creer(coffre, PREMIER), creer(coffre, {**SECOND, "codemandeur": personne("Sow", "Paul", "1980-01-01")})
    _dit(coffre, un)
    with sans_mur(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reunions, "reunissables", lambda *_: True)
        assert coffre.memes.preparer(un, commun).document["id"] == un
        coffre.memes.fondre(un, commun, {}, MOI)
    assert coffre.compter() == 1


def test_les_champs_choisis_passent_le_mur(coffre: Coffre) -> None:
    """Un choix ne fait pas entrer un adulte là où une violence a été dite, même si l'appelant l'écrit."""
    un, autre = deux(coffre)
    _dit(coffre, un)
    entre = choix._dits(coffre.memes.preparer(un, autre).etat, coffre.lire(un), {"codemandeur.nom": "Sow"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reunions, "champs_de_la_reunion", lambda *_: entre)
        with pytest.raises(ErreurUtilisateur, match=SEPARES):
            coffre.memes.fondre(un, autre, {}, MOI)
    assert coffre.compter() == 2, "rien n'est fait à moitié"


def test_ce_qui_le_suit_suit_le_survivant_et_en_revient(coffre: Coffre) -> None:
    """Une demande de la personne sur ses données va avec son dossier, à l'aller comme au retour."""
    from modele.dossier.droits_personnes import DEMANDE, PERSONNE, Droit

    un, autre = deux(coffre)
    la_sienne = coffre.droits.noter(autre, Droit.ACCES, PERSONNE, MOI)
    mienne = coffre.droits.noter(un, Droit.ACCES, PERSONNE, MOI)
    coffre.memes.fondre(un, autre, {}, MOI)
    assert {une["id"] for une in coffre.rattaches(un, DEMANDE)} == {la_sienne.id, mienne.id}
    coffre.memes.defaire(un, autre, MOI)
    assert [une["id"] for une in coffre.rattaches(autre, DEMANDE)] == [la_sienne.id]
    assert [une["id"] for une in coffre.rattaches(un, DEMANDE)] == [mienne.id]
    with pytest.raises(ErreurUtilisateur, match=SEPARES):
        coffre.memes.preparer(un, la_sienne.id)


def test_refus_ordinaires(coffre: Coffre) -> None:
    """Le même dossier, un dossier gelé, un dossier réuni qu'on voudrait supprimer : une phrase, rien ne change."""
    from modele.dossier.suppression import Raison

    un, autre = deux(coffre)
    with pytest.raises(ErreurUtilisateur, match="le même dossier"):
        coffre.memes.preparer(un, un)
    coffre.memes.fondre(un, autre, {}, MOI)
    with pytest.raises(ErreurUtilisateur, match="annulez d'abord"):
        coffre.supprimer(un, Raison.PERSONNE_PARTIE, "erreur", MOI)
    troisieme = creer(coffre, PREMIER)
    with pytest.raises(ErreurUtilisateur, match="ne s'annule plus"):
        coffre.memes.defaire(troisieme, autre, MOI)


def test_survit_a_la_fermeture_et_a_l_index_refait(coffre: Coffre) -> None:
    """Trois dossiers d'affilée, de proche en proche : le survivant tient tout, et ce qui s'en annule est le dernier."""
    un, autre = deux(coffre)
    tiers = creer(coffre, {"demandeur": PREMIER["demandeur"], "contact": {"telephone_autre": "0700000000"}})
    coffre.memes.fondre(autre, tiers, {IDENTITE: SURVIVANT}, MOI)
    fait = coffre.memes.fondre(un, autre, {IDENTITE: SURVIVANT}, MOI)
    assert fait["contact"].keys() == {"telephone", "courriel", "telephone_autre"}
    assert coffre.memes.defaire(un, autre, MOI)["contact"] == PREMIER["contact"]
    assert coffre.lire(autre)["contact"].keys() == {"courriel", "telephone_autre"}


def test_une_operation_annulee_ne_revient_pas_du_registre(coffre: Coffre) -> None:
    """Le mutant : si elle gardait une place, un registre qui demande ce rang la recevrait."""
    un, autre = deux(coffre)
    coffre.memes.fondre(un, autre, {}, MOI)
    rang = max(une.entete.rang for une in coffre.echanges.lot(500))
    epoque = coffre.echanges.chaine().epoque
    coffre.memes.defaire(un, autre, MOI)
    assert envois.ANNULEE == "annulee"
    assert not coffre.echanges.remettre(epoque, rang)
    assert not any(chemin.startswith("absorbes") for une in coffre.echanges.lot(500) for chemin in une.champs)


def test_relie_depuis_ce_qui_etait_fondu_ici_le_reste(coffre: Coffre) -> None:
    """Une réunion d'avant le registre tient ; la suivante attend qu'il la fasse, et rien ne se mélange d'ici là."""
    un, autre = deux(coffre)
    tiers = creer(coffre, {"demandeur": PREMIER["demandeur"], "contact": {"telephone_autre": "0700000000"}})
    coffre.memes.fondre(un, autre, {IDENTITE: SURVIVANT}, MOI)
    coffre.regler("registre.adresse", "https://registre.exemple:1")
    coffre.memes.fondre(un, tiers, {IDENTITE: SURVIVANT}, MOI)
    etat = coffre.echanges.etat_projete(un, "")
    assert etat is not None
    assert etat.absorbes == (autre,)
    assert coffre.lire(tiers)["contact"] == {"telephone_autre": "0700000000"}
    assert coffre.lire(un)["contact"].keys() == {"telephone", "courriel"}
