"""Ce qui se contredit avant une commission : levé quand c'est certain, jamais d'un silence ni d'un fait protégé."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_national

from modele.bilan import Bilan, etablir
from modele.chargement import charger_regles
from modele.orientation.filiere import ReglesDeFiliere, demandes, lire_regles_de_filiere
from modele.regles.fautes import FichierFautif
from modele.territoire.filiere import Filiere

JOUR = date(2026, 11, 30)
CLOS: Mapping[str, Any] = {"clos": True}


def bilan(document: Mapping[str, Any], territoire: str = "metropole-exemple") -> Bilan:
    return etablir(charger_regles(territoire), {"id": "x", "territoire": territoire, **document}, JOUR)


def levees(document: Mapping[str, Any], territoire: str = "metropole-exemple") -> list[str]:
    return [une.id for une in bilan(document, territoire).incoherences]


def motifs(*codes: str) -> dict[str, Any]:
    return {"demande": {"motifs": {"coches": list(codes), **CLOS}}}


HEBERGEE = {"logement_actuel": {"statut": "chez_particulier", "lien_hebergeant": "ami"}}
LOCATAIRE = {"logement_actuel": {"statut": "locataire_prive"}}


def test_d_un_dossier_vide_rien_ne_se_leve() -> None:
    for territoire in ("metropole-exemple", "toulouse-metropole"):
        assert levees({}, territoire) == []


CAS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "label sans priorité": (
        {"dalo": {"labellise_pdalhpd": True, "statut": "jamais"}, **LOCATAIRE},
        "label-sans-priorite",
    ),
    "priorité sans label": ({"dalo": {"labellise_pdalhpd": False}, **HEBERGEE}, "priorite-sans-label"),
    "reconnue sans label": ({"dalo": {"labellise_pdalhpd": False, "statut": "reconnu"}}, "reconnue-sans-label"),
    "logé et sans logement": ({**motifs("sans_logement"), **LOCATAIRE}, "sans-logement-mais-loge"),
    "sans toit sans motif": ({**motifs("handicap"), **HEBERGEE}, "sans-toit-sans-motif"),
    "expulsion sans papier": ({**motifs("expulsion"), "expulsion": {"etape": "aucun"}}, "expulsion-sans-papier"),
    "jugement sans motif": ({**motifs("handicap"), "expulsion": {"etape": "jugement"}}, "jugement-sans-motif"),
    "non décent sans constat": (
        {
            **motifs("non_decent"),
            "logement_actuel": {"statut": "locataire_prive", "non_decent": False, "indigne": False, "impropre": False},
        },
        "non-decent-sans-constat",
    ),
}


@pytest.mark.parametrize("cas", CAS)
def test_ce_qui_se_contredit_se_leve(cas: str) -> None:
    document, attendue = CAS[cas]
    assert attendue in levees(document)


def test_ce_qui_va_ensemble_ne_se_leve_pas() -> None:
    assert levees({**motifs("sans_logement"), **HEBERGEE, "dalo": {"labellise_pdalhpd": True}}) == []


def test_la_filiere_qui_ne_demande_pas_de_label_n_en_reproche_pas_l_absence() -> None:
    """À Toulouse, rien de public ne dit que la filière le demande : l'inconnu n'est pas une contradiction."""
    document, _ = CAS["priorité sans label"]
    assert "priorite-sans-label" in levees(document)
    assert "priorite-sans-label" not in levees(document, "toulouse-metropole")


def test_une_liste_de_motifs_pas_finie_ne_dit_rien_de_ce_qui_manque() -> None:
    ouverte = {"demande": {"motifs": {"coches": ["handicap"], "clos": False}}}
    assert "sans-toit-sans-motif" not in levees({**ouverte, **HEBERGEE})


def test_une_violence_dite_n_y_change_rien() -> None:
    """La même liste, octet pour octet, qu'on ait parlé de violences ou non."""
    document, _ = CAS["sans toit sans motif"]
    dite = {
        **document,
        "demande": {"motifs": {"coches": ["handicap", "violences"], "clos": True}, "mariage_force": True},
        "protection": {"auteur": "conjoint", "preuves": {"coches": ["recepisse_plainte"], "clos": True}},
        "triage": {"peur_au_domicile": True},
    }
    assert levees(dite) == levees(document)


def test_mutant_lire_la_situation_entiere_changerait_la_liste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une règle qui lirait le bilan entier parlerait : ici, une règle d'essai sur un motif protégé."""
    regles = charger_regles("metropole-exemple")
    une = regles.filiere.incoherences[0]
    parle = replace(une, priorites="", filiere="", si=_motif(regles, "violences"))
    regles = replace(regles, filiere=ReglesDeFiliere((), (parle,)))
    document = {"id": "x", "territoire": "metropole-exemple", **motifs("violences", "handicap")}
    assert not etablir(regles, document, JOUR).incoherences
    monkeypatch.setattr(Bilan, "dit", property(lambda un: un))
    assert [un.id for un in etablir(regles, document, JOUR).incoherences] == [parle.id]


def _motif(regles: Any, code: str) -> Any:
    from modele.regles.lecture import lire_texte
    from modele.regles.lecture_conditions import Contexte, lire_condition

    lecteur = lire_texte(f'si = {{ fait = "demande.motifs", contient = "{code}" }}', "essai.toml")
    return lire_condition(lecteur, "si", Contexte(regles.catalogue, frozenset()))


# Ce que la filière demande.


@pytest.mark.parametrize("territoire", ["metropole-exemple", "toulouse-metropole"])
def test_chaque_chose_attendue_se_montre_dite_ou_non(territoire: str) -> None:
    """Ce qu'un territoire ne dit pas reste dans la liste : c'est à demander, jamais « rien n'est demandé »."""
    regles = charger_regles(territoire)
    montrees = demandes(regles.filiere, regles.territoire.filiere)
    assert [une.attendu for une in montrees] == list(regles.filiere.attendus)
    dites = {une.attendu.id: une.dite for une in montrees if une.dite is not None}
    assert dites == regles.territoire.filiere.demandes
    assert [une.dite for une in demandes(regles.filiere, Filiere())] == [None] * len(regles.filiere.attendus)


# Le fichier.

LU = 'fondement = "CCH"\nsource = "essai"\nconfiance = "V"\nverifie_le = 2026-11-30\n'
ATTENDU = f'[[attendu]]\nid = "label"\nlibelle = "Le label"\na_qui = "A"\n{LU}'


def incoherence(si: str = '{ fait = "dalo.labellise_pdalhpd" }', revoir: str = "dalo.statut", suite: str = "") -> str:
    return f'[[incoherence]]\nid = "a"\nphrase = "A."\nrevoir = ["{revoir}"]\nsi = {si}\n{suite}{LU}'


def lire(dossier: Path, texte: str) -> ReglesDeFiliere:
    fichier = dossier / "filiere.toml"
    fichier.write_text(f"format = 1\n{texte}", encoding="utf-8")
    return lire_regles_de_filiere(fichier, catalogue_national())


def test_un_fichier_juste_se_lit(tmp_path: Path) -> None:
    lues = lire(tmp_path, ATTENDU + incoherence(suite='priorites = "une"\nfiliere = "label"\n'))
    (une,) = lues.incoherences
    assert (une.priorites, une.filiere, une.revoir) == ("une", "label", ("dalo.statut",))
    assert Filiere().demandes == {}


FAUTES = {
    "attendu": (ATTENDU.replace('"label"', '"labelle"') + incoherence(), "attendu : label"),
    "sans condition": (ATTENDU + incoherence().replace("si =", "sy ="), "si"),
    "protégé par code": (
        ATTENDU + incoherence('{ fait = "demande.motifs", contient = "violences" }'),
        "ni fait protégé, ni premier contact",
    ),
    "protégé": (ATTENDU + incoherence('{ fait = "demande.mariage_force" }'), "ni fait protégé, ni premier contact"),
    "triage": (ATTENDU + incoherence('{ fait = "triage.toit_ce_soir", egal = "non" }'), "ni premier contact"),
    "champ": (ATTENDU + incoherence(revoir="dalo.statutt"), "vouliez-vous"),
    "champ protégé": (ATTENDU + incoherence(revoir="protection.auteur"), "seul à seul"),
    "champ du triage": (ATTENDU + incoherence(revoir="triage.toit_ce_soir"), "seul à seul"),
    "priorités": (ATTENDU + incoherence(suite='priorites = "deux"\n'), "aucune"),
    "filière": (ATTENDU + incoherence(suite='filiere = "labelle"\n'), "labelle"),
}


@pytest.mark.parametrize("cas", FAUTES)
def test_une_faute_se_dit(tmp_path: Path, cas: str) -> None:
    texte, dit = FAUTES[cas]
    with pytest.raises(FichierFautif, match=dit):
        lire(tmp_path, texte)
