"""Une séance au coffre : préparée, désignée, ouverte, tenue, décidée, répondue, close ; et ce qui s'y refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from commission_exemple import JOUR, T2_PLUS, TERRITOIRE, dossiers
from msgspec.structs import replace as changer

from modele.bilan import Regles, charger_regles
from modele.coffre import Coffre, auteurs, correspondances, gardes_de_seance, seances
from modele.coffre.cles import Cout
from modele.coffre.seances import Designation, Preparation
from modele.commission.ligne import ligne
from modele.contingents import designations
from modele.contingents.publics import Place, Verdict
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.seance.gardee import Convoque, DecisionEcrite, Etat, ReponseEcrite, SeanceGardee
from modele.seance.notions import Reglement, Residence, Verifie

NORA = Auteur("Nora Petit")
SOUS = "regles-1"
DE_LEO = "cinq mots sans aucun lien"
MEMBRES = (
    Convoque(qualite="bailleur", nom="Alix Essai", compte="Alix Essai", present=True, preside=True),
    Convoque(qualite="maire", nom="Sam Modèle", present=True),
)
REFUS = DecisionEcrite(genre="non_attribution", motif="Le logement est trop petit pour ce foyer.")
ACCORD = DecisionEcrite(genre="attribution", motif="Première au classement, dossier complet.")


@cache
def chargees() -> Regles:
    return charger_regles(TERRITOIRE)


def _au(coffre: Coffre, jour: date) -> None:
    coffre._horloge = lambda: datetime.combine(jour, time(9)).astimezone()


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    ouvert, _ = Coffre.creer(
        tmp_path / "a.perron", NORA.nom, "quatre mots sans lien", TERRITOIRE, "poste-1", cout=Cout(1, 8, 1)
    )
    _au(ouvert, JOUR)
    for rang, document in enumerate(dossiers().values()):
        neuf = {cle: dit for cle, dit in document.items() if cle not in ("id", "territoire", "schema", "cree_le")}
        neuf["demandeur"] = {**neuf.get("demandeur", {}), "nom": f"Œuvray{chr(97 + rang)}", "prenoms": "Zoé-Anaïs"}
        ouvert.creer_dossier(neuf, NORA)
    lues = ouvert.candidats.a_relire(SOUS, JOUR, 500, NORA)
    ouvert.candidats.noter(SOUS, JOUR, [(une, ligne(chargees(), une.document, JOUR)) for une in lues])
    yield ouvert
    ouvert.fermer()


def _rangs(coffre: Coffre) -> list[str]:
    """Les demandes, de la mieux rangée à la dernière."""
    from modele.coffre.rangs_de_seance import ranger

    with coffre._base.lecture() as connexion:
        lues = ranger(connexion, SOUS, JOUR, T2_PLUS).rangs
    return sorted(lues, key=lambda un: (lues[un], un))


def _designees(coffre: Coffre, combien: int = 3) -> tuple[Designation, ...]:
    return tuple(Designation(un, "Nora Petit") for un in _rangs(coffre)[:combien])


def _dites(coffre: Coffre, par: str, motif: str = "") -> list[Designation]:
    return [Designation(un.dossier, par, motif) for un in _designees(coffre)]


def _preparer(coffre: Coffre, **sauf: Any) -> SeanceGardee:
    voulue: dict[str, Any] = {
        "commission": "Commission du bailleur", "bailleur": "Office", "logement": T2_PLUS, "sous": SOUS,
        "grille": "Grille d'essai", "designations": _designees(coffre), "membres": MEMBRES,
        "reglement": Reglement(nom="Règlement 2026", quorum=2, reponse_jours=10),
    }  # fmt: skip
    return coffre.seances.preparer(Preparation(**{**voulue, **sauf}), NORA)


def test_une_seance_de_bout_en_bout(coffre: Coffre) -> None:
    une = _preparer(coffre)
    assert une.etat is Etat.PREPAREE
    assert [un.reference for un in une.candidats] == ["C-01", "C-02", "C-03"]
    assert list(coffre.seances.demandes(une.id, NORA)) == ["C-01", "C-02", "C-03"]
    assert coffre.seances.ouvrir(une.id, NORA).etat is Etat.OUVERTE
    demain = JOUR + timedelta(days=1)
    _au(coffre, demain)
    assert coffre.seances.tenir(une.id, demain, NORA).etat is Etat.TENUE
    decisions = {"C-01": ACCORD, "C-02": REFUS, "C-03": REFUS}
    tenue = coffre.seances.decider(une.id, decisions, NORA)
    assert [une.reference for une in tenue.constater(demain).lignes] == ["C-01", "C-02", "C-03"]
    repondue = coffre.seances.repondre(une.id, "C-01", ReponseEcrite(reponse="acceptee", le=demain), NORA)
    assert repondue.par_reference["C-01"].reponse.reponse == "acceptee"
    close = coffre.seances.clore(une.id, NORA)
    assert close.etat is Etat.CLOSE
    assert coffre.seances.lister(NORA) == (close,)


# Ce qui se refuse, quel que soit le geste.


def _champ(une: SeanceGardee, reference: str, champ: str) -> str:
    return f"candidats.elements.{une.par_reference[reference].id}.{champ}"


def _refuse(coffre: Coffre, une: SeanceGardee, champs: dict[str, Any], phrase: str) -> None:
    """Par un champ changé, sans la face : refusé, et rien n'est écrit."""
    avant = coffre.seances.lire(une.id, NORA)
    with pytest.raises(ErreurUtilisateur, match=phrase):
        coffre.modifier(une.id, champs, NORA)
    assert coffre.seances.lire(une.id, NORA) == avant


def _tenue(coffre: Coffre, **sauf: Any) -> SeanceGardee:
    une = _preparer(coffre, **sauf)
    coffre.seances.ouvrir(une.id, NORA)
    return coffre.seances.tenir(une.id, JOUR, NORA)


def _close(coffre: Coffre) -> SeanceGardee:
    une = _tenue(coffre)
    coffre.seances.decider(une.id, {"C-01": ACCORD, "C-02": REFUS, "C-03": REFUS}, NORA)
    return coffre.seances.clore(une.id, NORA)


def _eprouver_figee(coffre: Coffre) -> None:
    une = _close(coffre)
    for champs in ({"lieu": "ailleurs"}, {"close_le": ABSENT}, {_champ(une, "C-01", "decision.motif"): "autre"}):
        _refuse(coffre, une, champs, "close depuis le")
    with pytest.raises(ErreurUtilisateur, match="close depuis le"):
        coffre.seances.repondre(une.id, "C-01", ReponseEcrite(reponse="acceptee", le=JOUR), NORA)
    neuf = {"dossier": _rangs(coffre)[4], "seance": une.id, "reference": "C-09"}
    with pytest.raises(ErreurUtilisateur, match="close depuis le"):
        coffre.creer_objet("candidat_de_seance", neuf, NORA)


def _eprouver_tete(coffre: Coffre) -> None:
    une = _preparer(coffre)
    _refuse(coffre, une, {"logement.reference": "autre"}, "ne changent pas")
    _refuse(coffre, une, {"commission": " "}, "Dites la commission")
    with pytest.raises(ErreurUtilisateur, match="Dites la commission"):
        coffre.creer_objet("seance", {"commission": "C"}, NORA)


def _eprouver_dates(coffre: Coffre) -> None:
    une = _preparer(coffre)
    hier, demain = JOUR - timedelta(days=1), JOUR + timedelta(days=1)
    _refuse(coffre, une, {"tenue_le": JOUR}, "dans cet ordre")
    _refuse(coffre, une, {"ouverte_le": hier}, "avant sa préparation")
    _refuse(coffre, une, {"ouverte_le": demain}, "après aujourd'hui")
    _refuse(coffre, une, {_champ(une, "C-01", "prefet_le"): demain}, "après aujourd'hui")
    coffre.seances.ouvrir(une.id, NORA)
    _refuse(coffre, une, {"ouverte_le": ABSENT}, "ne change plus")
    _refuse(coffre, une, {"tenue_le": hier}, "avant son ouverture")
    _refuse(coffre, une, {"tenue_le": demain}, "après aujourd'hui")
    _refuse(coffre, une, {"retiree_le": JOUR}, "ne se retire plus")


def _eprouver_references(coffre: Coffre) -> None:
    une = _preparer(coffre)
    _refuse(coffre, une, {_champ(une, "C-02", "reference"): "C-01"}, "elle y est deux fois")
    _refuse(coffre, une, {_champ(une, "C-02", "reference"): "Mme Essai"}, "n'est pas une référence")
    neuf = {"reference": "C-07", "designe_par": "N", "rang": 1}
    _refuse(coffre, une, {"candidats.elements.neuf": neuf}, "ne désigne aucune demande")
    _refuse(coffre, une, {f"candidats.elements.{une.par_reference['C-03'].id}": ABSENT}, "ne s'ôte pas")


def _eprouver_rangs(coffre: Coffre) -> None:
    une = _preparer(coffre)
    _refuse(coffre, une, {_champ(une, "C-03", "rang"): 1}, "n'est pas celui que ce poste calcule")
    _refuse(coffre, une, {"grille.oublie": 99}, "se figent tous ensemble")
    _refuse(coffre, une, {"grille.figee_le": JOUR - timedelta(days=1)}, "se figent tous ensemble")
    _refuse(coffre, une, {"grille.version": "d'autres règles"}, "n'est pas celui que ce poste calcule")


def _eprouver_sieges(coffre: Coffre) -> None:
    premiere = _rangs(coffre)[0]
    coffre.ecarts.ecarter(premiere, NORA, agent="Zoé Écartée")
    une = _preparer(coffre)
    for membre in ({"nom": "ZOE ECARTEE"}, {"nom": "Z.", "compte": "Zoé Écartée"}):
        _refuse(coffre, une, {"membres.elements.z": {"qualite": "ccas", **membre}}, "ne peut pas siéger")
    with pytest.raises(ErreurUtilisateur, match="ne peut pas siéger"):
        coffre.seances.convoquer(une.id, [Convoque(qualite="ccas", nom="zoé  écartée")], NORA)
    with pytest.raises(ErreurUtilisateur, match="ne peut pas siéger"):
        _preparer(coffre, membres=[Convoque(qualite="ccas", nom="Zoé Écartée")])


def _eprouver_designes(coffre: Coffre) -> None:
    dernieres = tuple(Designation(un, "Nora Petit") for un in _rangs(coffre)[-3:])
    with pytest.raises(ErreurUtilisateur, match="mieux rangée ne l'est pas"):
        _preparer(coffre, designations=dernieres)
    assert not coffre.seances.lister(NORA), "rien ne reste d'une préparation refusée"
    premiere, derniere = Designation(_rangs(coffre)[0], NORA.nom), Designation(dernieres[-1].dossier, NORA.nom, "Seule")
    with pytest.raises(ErreurUtilisateur, match="C-02 est proposé"):
        _preparer(coffre, designations=(premiere, dernieres[-2], derniere))
    avec = tuple(Designation(un.dossier, un.par, "Seules à accepter ce secteur") for un in dernieres)
    assert _preparer(coffre, designations=avec)


def _eprouver_dispense(coffre: Coffre) -> None:
    une = _preparer(coffre)
    _refuse(coffre, une, {"dispense.genre": "insuffisance", "dispense.motif": "Un seul candidat"}, "le nom de qui")
    reglee = coffre.seances.regler(une.id, NORA, dispense=("insuffisance", "Deux candidats en tout"))
    assert reglee.dispense.par == NORA.nom
    assert not coffre.seances.regler(une.id, NORA, dispense=("", "")).dispense.genre


def _eprouver_motifs(coffre: Coffre) -> None:
    une = _tenue(coffre)
    with pytest.raises(ErreurUtilisateur, match="ni santé ni violence"):
        coffre.seances.decider(une.id, {"C-02": changer(REFUS, motif="Sa maladie")}, NORA)
    document = coffre.lire(coffre.seances.demandes(une.id, NORA)["C-01"])
    nom = f"{document['demandeur']['prenoms']} {document['demandeur']['nom']}"
    _refuse(coffre, une, {_champ(une, "C-02", "effet"): f"après {nom}"}, "nomme une personne")
    _refuse(coffre, une, {"lieu": f"chez {nom}"}, "nomme une personne")


def _eprouver_tenue(coffre: Coffre) -> None:
    une = _preparer(coffre)
    with pytest.raises(ErreurUtilisateur, match="le jour où la séance se tient"):
        coffre.seances.decider(une.id, {"C-01": ACCORD}, NORA)
    coffre.seances.ouvrir(une.id, NORA)
    coffre.seances.tenir(une.id, JOUR, NORA)
    with pytest.raises(ErreurUtilisateur, match="n'a rien décidé"):
        coffre.seances.clore(une.id, NORA)
    coffre.seances.decider(une.id, {"C-01": ACCORD}, NORA)
    with pytest.raises(ErreurUtilisateur, match="C-02 : aucune décision"):
        coffre.seances.clore(une.id, NORA)
    coffre.seances.decider(une.id, {"C-02": REFUS, "C-03": REFUS}, NORA)
    with pytest.raises(ErreurUtilisateur, match="n'a reçu aucune offre"):
        coffre.seances.repondre(une.id, "C-02", ReponseEcrite(reponse="acceptee", le=JOUR), NORA)


EPREUVES = {
    "_figee": _eprouver_figee,
    "_la_meme": _eprouver_tete,
    "_dates": _eprouver_dates,
    "_references": _eprouver_references,
    "_rangs": _eprouver_rangs,
    "_sieges": _eprouver_sieges,
    "_designes": _eprouver_designes,
    "_dispense": _eprouver_dispense,
    "_motifs": _eprouver_motifs,
    "_tenue": _eprouver_tenue,
}


@pytest.mark.parametrize("garde", EPREUVES)
def test_la_garde_tient(garde: str, coffre: Coffre) -> None:
    EPREUVES[garde](coffre)


@pytest.mark.parametrize("garde", EPREUVES)
def test_le_mutant_d_une_garde_est_vu(garde: str, coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    restent = tuple(une for une in gardes_de_seance._GARDES if une.__name__ != garde)
    assert len(restent) == len(gardes_de_seance._GARDES) - 1
    monkeypatch.setattr(gardes_de_seance, "_GARDES", restent)
    with pytest.raises((AssertionError, pytest.fail.Exception, ErreurUtilisateur)):
        EPREUVES[garde](coffre)


# Les personnes.


def test_qui_est_ecarte_d_une_demande_ne_voit_pas_la_seance(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni dans la liste, ni par son identifiant, ni en y écrivant : les mots d'une absente."""
    coffre.comptes.ouvrir(
        "Léo Blanc", "Léo", "A", ("agent", "social", "responsable"), "cinq mots sans aucun lien", NORA
    )
    une = _preparer(coffre)
    premiere = coffre.seances.demandes(une.id, NORA)["C-01"]
    coffre.ecarts.ecarter(premiere, NORA, agent="Léo Blanc")
    leo = Coffre.ouvrir(coffre.chemin, DE_LEO, "Léo Blanc", cout=Cout(1, 8, 1))
    _au(leo, JOUR)
    lui = Auteur("Léo Blanc")
    try:
        assert leo.seances.lister(lui) == ()
        dits = []
        for identifiant in (une.id, "inconnue"):
            with pytest.raises(ErreurUtilisateur) as refus:
                leo.seances.lire(identifiant, lui)
            dits.append(str(refus.value))
        assert len(set(dits)) == 1
        with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
            leo.modifier(une.id, {"lieu": "x"}, lui)
        neuf = {"dossier": _rangs(coffre)[4], "seance": une.id, "reference": "C-09"}
        with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
            leo.creer_objet("candidat_de_seance", neuf, lui)
        with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
            leo.seances.preparer(
                Preparation("C", "Office", T2_PLUS, SOUS, designations=[Designation(premiere, "Léo", "essai")]), lui
            )
        monkeypatch.setattr(seances, "vue", lambda *_: True)
        assert leo.seances.lister(lui), "le mutant : sans cette garde, il la verrait"
    finally:
        leo.fermer()


def test_un_membre_ne_lit_que_sa_seance_et_le_temps_qu_elle_est_ouverte(coffre: Coffre) -> None:
    sienne, autre = _preparer(coffre), _preparer(coffre, membres=(Convoque(qualite="maire", nom="Sam", compte="Sam"),))
    coffre.echanges.regler({auteurs.ROLES_DU_POSTE: "contingent responsable agent membre_commission"})
    alix = Auteur("ALIX  Essai", ("membre_commission",))
    nora = Auteur(NORA.nom, ("responsable",))

    def lues() -> list[str]:
        return [une.id for une in coffre.seances.lister(alix)]

    assert lues() == []
    for une in (sienne, autre):
        coffre.seances.ouvrir(une.id, nora)
    assert lues() == [sienne.id]
    assert coffre.seances.lire(sienne.id, alix).candidats
    assert (coffre.seances.ecrit(alix), coffre.seances.ecrit(nora)) == (False, True)
    assert "seance" in coffre.genres_lus(alix)
    assert coffre.genres_lus(alix).isdisjoint({"dossier", "candidat_de_seance", "convention_reservation"})
    for interdit in (
        lambda: coffre.seances.lire(autre.id, alix),
        lambda: coffre.seances.demandes(sienne.id, alix),
        lambda: coffre.seances.tenir(sienne.id, JOUR, alix),
        lambda: coffre.consulter(sienne.id, alix),
    ):
        with pytest.raises(ErreurUtilisateur):
            interdit()
    coffre.seances.tenir(sienne.id, JOUR, nora)
    coffre.seances.decider(sienne.id, {"C-01": ACCORD, "C-02": REFUS, "C-03": REFUS}, nora)
    assert lues() == [sienne.id]
    coffre.seances.clore(sienne.id, nora)
    assert lues() == []
    assert len(coffre.seances.lister(nora)) == 2


def test_nulle_identite_ne_voyage_dans_la_seance(coffre: Coffre) -> None:
    """L'objet gardé et ses opérations ne disent ni dossier, ni nom, ni numéro ; un discret s'y lit comme les autres."""
    une = _preparer(coffre)
    ecrit = json.dumps([coffre.lire(une.id), *(dict(un.champs) for un in coffre.operations(une.id))], default=str)
    for reference, dossier in coffre.seances.demandes(une.id, NORA).items():
        document = coffre.lire(dossier)
        assert reference in ecrit
        assert dossier not in ecrit
        assert document["demandeur"]["nom"] not in ecrit


def test_chaque_lecture_s_inscrit(coffre: Coffre) -> None:
    une = _preparer(coffre)
    coffre.seances.lister(NORA)
    coffre.seances.lire(une.id, NORA)
    coffre.seances.demandes(une.id, NORA)
    gestes = {un.geste.acces for un in coffre.acces()}
    assert {Acces.LIRE_SEANCES, Acces.LIRE_SEANCE, Acces.LIRE_DEMANDES_DE_SEANCE, Acces.PREPARER_SEANCE} <= gestes


# Compter des demandes.


def test_deux_membres_du_meme_nom_ne_fondent_pas_deux_candidats(coffre: Coffre) -> None:
    jumeaux = (
        Convoque(qualite="bailleur", nom="Alix Essai", compte="Alix Essai", present=True, preside=True),
        Convoque(qualite="bailleur", nom="Alix Essai", compte="Alix Essai", present=True),
    )
    une = _tenue(
        coffre, membres=jumeaux, designations=[Designation(un.dossier, "Alix Essai") for un in _designees(coffre)]
    )
    assert len(une.membres) == 2
    assert len(une.dite(JOUR).examines) == 3


def test_deux_demandes_fondues_se_comptent_une_fois(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    une = _preparer(coffre)
    une_demande = coffre.seances.demandes(une.id, NORA)["C-01"]
    monkeypatch.setattr(
        correspondances, "correspondances", lambda *_: dict.fromkeys(("C-01", "C-02"), une_demande) | {"C-03": "x"}
    )
    monkeypatch.setattr(gardes_de_seance, "_rangs", lambda _: iter(()))
    with pytest.raises(ErreurUtilisateur, match="C-01 et C-02 sont la même demande"):
        coffre.modifier(une.id, {"lieu": "mairie"}, NORA)


def test_moins_de_trois_demandes_exige_l_exception_ecrite(coffre: Coffre) -> None:
    une = _preparer(coffre, designations=_designees(coffre, 2))
    coffre.seances.ouvrir(une.id, NORA)
    with pytest.raises(ErreurUtilisateur, match="3 au moins"):
        coffre.seances.tenir(une.id, JOUR, NORA)
    coffre.seances.regler(une.id, NORA, dispense=("insuffisance", "Deux demandes seulement pour ce logement"))
    assert coffre.seances.tenir(une.id, JOUR, NORA).etat is Etat.TENUE


def test_une_demande_non_relue_exige_un_motif(coffre: Coffre) -> None:
    coffre.creer_dossier({"demandeur": {"nom": "Neuf", "prenoms": "Dossier"}}, NORA)
    with pytest.raises(ErreurUtilisateur, match="pas encore relues"):
        _preparer(coffre)
    assert _preparer(
        coffre, designations=[Designation(un.dossier, un.par, "Relue en séance") for un in _designees(coffre)]
    )


def test_hors_des_publics_de_la_convention_un_motif(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designations, "juger", lambda *_: Verdict(Place.HORS, ("dalo",)))
    with pytest.raises(ErreurUtilisateur, match="hors des publics"):
        _preparer(coffre)
    monkeypatch.setattr(designations, "juger", lambda *_: Verdict(Place.DANS, ("dalo",)))
    assert _preparer(coffre)


# Désigner, retirer, corriger.


def test_designer_de_nouveau_fige_tous_les_rangs(coffre: Coffre) -> None:
    une = _preparer(coffre)
    quatrieme = _rangs(coffre)[3]
    apres = coffre.seances.designer(une.id, [Designation(quatrieme, "Nora Petit", "Ajoutée")], NORA, sous=SOUS)
    assert [un.reference for un in apres.candidats] == ["C-01", "C-02", "C-03", "C-04"]
    with pytest.raises(ErreurUtilisateur, match="déjà candidate"):
        coffre.seances.designer(une.id, [Designation(quatrieme, "Nora Petit")], NORA)
    with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
        coffre.seances.designer(une.id, [Designation("inconnu", "Nora Petit", "x")], NORA)
    retiree = coffre.seances.retirer_designation(une.id, "C-04", "A trouvé un autre logement", NORA)
    assert not retiree.par_reference["C-04"].examine
    cinquieme = coffre.seances.designer(une.id, [Designation(_rangs(coffre)[4], "N", "Ajoutée", prefet_le=JOUR,
        priorite=Verifie(par="Service", le=JOUR))], NORA)  # fmt: skip
    assert cinquieme.par_reference["C-04"].rang == apres.par_reference["C-04"].rang
    assert cinquieme.par_reference["C-05"].priorite.par == "Service"


def test_une_decision_et_une_reponse_se_corrigent_avec_un_motif(coffre: Coffre) -> None:
    une = _tenue(coffre)
    face = coffre.seances
    with pytest.raises(ErreurUtilisateur, match="n'a pas encore de décision"):
        face.corriger_decision(une.id, "C-01", REFUS, "Erreur de ligne", NORA)
    face.decider(une.id, {"C-01": REFUS, "C-02": REFUS, "C-03": REFUS}, NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà sa décision"):
        face.decider(une.id, {"C-01": ACCORD}, NORA)
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        face.corriger_decision(une.id, "C-01", ACCORD, " ", NORA)
    corrigee = face.corriger_decision(une.id, "C-01", ACCORD, "Erreur de ligne", NORA)
    assert corrigee.par_reference["C-01"].decision.correction == "Erreur de ligne"
    refusee = ReponseEcrite(reponse="refusee", le=JOUR, adapte=False)
    with pytest.raises(ErreurUtilisateur, match="n'a pas encore répondu"):
        face.corriger_reponse(une.id, "C-01", refusee, "Erreur", NORA)
    face.repondre(une.id, "C-01", refusee, NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà sa réponse"):
        face.repondre(une.id, "C-01", refusee, NORA)
    dite = face.corriger_reponse(une.id, "C-01", ReponseEcrite(reponse="acceptee", le=JOUR), "Mal entendu", NORA)
    assert dite.par_reference["C-01"].reponse == ReponseEcrite(reponse="acceptee", le=JOUR, correction="Mal entendu")
    with pytest.raises(ErreurUtilisateur, match="n'est pas un candidat"):
        face.repondre(une.id, "C-99", refusee, NORA)


def test_une_decision_hors_de_l_ordre_exige_un_motif(coffre: Coffre) -> None:
    une = _tenue(coffre)
    dans_l_ordre = une.par_reference["C-01"].rang != une.par_reference["C-03"].rang
    assert dans_l_ordre
    decisions = {"C-01": REFUS, "C-02": REFUS, "C-03": ACCORD}
    with pytest.raises(ErreurUtilisateur, match="C-03 passe devant"):
        coffre.seances.decider(une.id, decisions, NORA)
    ecrite = changer(ACCORD, hors_ordre="Les deux premiers foyers sont trop grands pour ce T2")
    assert coffre.seances.decider(une.id, {**decisions, "C-03": ecrite}, NORA)


def test_une_seance_preparee_par_erreur_se_retire(coffre: Coffre) -> None:
    une, autre = _preparer(coffre), _preparer(coffre)
    coffre.seances.retirer(une.id, NORA)
    assert [un.id for un in coffre.seances.lister(NORA)] == [autre.id]
    with pytest.raises(ErreurUtilisateur, match="retirée"):
        coffre.modifier(une.id, {"lieu": "x"}, NORA)
    neuf = {"dossier": _rangs(coffre)[4], "seance": une.id, "reference": "C-09"}
    with pytest.raises(ErreurUtilisateur, match="retirée"):
        coffre.creer_objet("candidat_de_seance", neuf, NORA)
    coffre.seances.ouvrir(autre.id, NORA)
    with pytest.raises(ErreurUtilisateur, match="ne se retire plus"):
        coffre.seances.retirer(autre.id, NORA)


def test_regler_et_convoquer(coffre: Coffre) -> None:
    une = _preparer(coffre, designations=(), membres=(), reglement=Reglement())
    assert une.candidats == ()
    residence = Residence(nom="R", convention="CIA", liste_le=JOUR)
    reglee = coffre.seances.regler(
        une.id, NORA, reglement=Reglement(nom="R 2026", quorum=1), residence=residence, lieu="Mairie"
    )
    assert (reglee.reglement.quorum, reglee.residence, reglee.lieu) == (1, residence, "Mairie")
    assert coffre.seances.regler(une.id, NORA) == reglee
    convoques = coffre.seances.convoquer(une.id, MEMBRES, NORA).membres
    reste = coffre.seances.convoquer(une.id, convoques[:1], NORA).membres
    assert reste == convoques[:1]
    assert coffre.seances.convoquer(une.id, (), NORA).membres == ()


def test_un_objet_mal_ecrit_se_refuse(coffre: Coffre) -> None:
    with pytest.raises(ErreurUtilisateur, match="mal écrite"):
        coffre.creer_objet("seance", {"commission": 3}, NORA)
    une = _preparer(coffre)
    dossier = _rangs(coffre)[4]
    for neuf in (
        {"dossier": dossier, "seance": une.id, "reference": "Essai"},
        {"dossier": dossier, "seance": une.id, "reference": "C-01"},
        {"dossier": coffre.seances.demandes(une.id, NORA)["C-01"], "seance": une.id, "reference": "C-09"},
    ):
        with pytest.raises(ErreurUtilisateur, match="ne s'écrit pas ainsi"):
            coffre.creer_objet("candidat_de_seance", neuf, NORA)
    for seance in ("", "inconnue"):
        with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
            coffre.creer_objet("candidat_de_seance", {"dossier": dossier, "seance": seance, "reference": "C-09"}, NORA)
    with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
        coffre.seances.designer(une.id, [Designation(une.id, "N", "pas une demande")], NORA)
