"""La feuille d'accès : ni autre adulte, ni fait protégé, ni texte libre, ni source, ni adresse ; octets compris."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lecture_pdf import metadonnees, octets, signets, texte_plat

from impressions.acces import RIEN, TITRE, TITRE_NEUTRE, composer_acces, nom_du_fichier
from impressions.papier import Papier
from modele.chargement import charger_regles
from modele.dossier.chemins import poser
from modele.dossier.documents import decoder
from modele.dossier.droits_personnes import regles
from modele.dossier.inventaire import Genre, inventaire
from modele.dossier.nomenclatures import nationales
from modele.mots.noms import Vocabulaire
from modele.protection import acces
from modele.protection.acces import delivrable
from modele.protection.violences import faits_de_violence, sans_violence
from ressources import RESSOURCES

LE_29 = date(2026, 11, 29)
DOSSIER = "01a20192-b44e-73b4-baf3-9c43df7d0806"
ADULTE, ENFANT, COLOC, DOUTE = "e-adulte", "e-enfant", "e-coloc", "e-doute"
MOI, LUI, D_ENFANT = "r-moi", "r-lui", "r-enfant"
SECRETS = (
    "CONJOINTE", "ADULTEMAJEUR", "COLOCATAIRE", "DOUTEUX", "HEBERGEUR", "TIERSNOMME", "LIBREMENT", "BESOINLIBRE",
    "MOTIFLIBRE", "RUECACHEE", "COMPLEMENT", "BOITEPOSTALE", "ADRESSESURE", "SOURCEDITE", "REPONSEDITE", "EMPLOYEUR",
    "93777", "0677777777", "7777",
)  # fmt: skip
"""Ce que nul accès ne dit, tel que ce dossier l'écrit."""
TOUT: dict[str, Any] = {
    "id": DOSSIER,
    "territoire": "metropole-exemple",
    "protection": {"auteur": "conjoint", "preuves": {"coches": ["plainte"], "clos": True}},
    "triage": {"peur_au_domicile": True},
    "demande": {
        "motifs": {"coches": ["trop_cher", "violences"], "clos": True},
        "motif_autre": "MOTIFLIBRE",
        "precisions": "LIBREMENT",
        "numero_unique": "EXEMPLE1125000173",
        "mariage_force": True,
    },
    "demandeur": {
        "nom": "MOREL",
        "prenoms": "Zoé",
        "date_naissance": "1988-01-05",
        "emploi": {"situation": "cdi", "employeur": "EMPLOYEUR"},
        "handicap": {"besoins": "BESOINLIBRE"},
    },
    "codemandeur": {"nom": "CONJOINTE", "prenoms": "CONJOINTE"},
    "contact": {
        "telephone": "0612345678",
        "telephone_autre": "0677777777",
        "tiers_nom": "TIERSNOMME",
        "tiers_telephone": "0677777777",
        "adresse_courrier": "BOITEPOSTALE",
        "adresse_courrier_sure": "ADRESSESURE",
    },
    "foyer": {
        "avec_codemandeur": True,
        "personnes": {
            "elements": {
                ADULTE: {"nom": "ADULTEMAJEUR", "prenoms": "Ada", "date_naissance": "1990-01-01"},
                DOUTE: {"nom": "DOUTEUX", "prenoms": "Dan"},
                ENFANT: {"nom": "MOREL", "prenoms": "Inès", "date_naissance": "2015-04-02", "ase": True},
            },
            "ordre": [ADULTE, DOUTE, ENFANT],
        },
        "colocataires": {"elements": {COLOC: {"nom": "COLOCATAIRE"}}, "ordre": [COLOC]},
    },
    "ressources": {
        "rfr_n2": 12345,
        "rfr_n2_codemandeur": 77770,
        "revenus": {
            "elements": {
                MOI: {"personne": "demandeur", "type": "salaire", "montant": 1480},
                LUI: {"personne": "codemandeur", "type": "salaire", "montant": 7777},
                D_ENFANT: {"type": "salaire", "montant": 7777},
            },
            "ordre": [MOI, LUI, D_ENFANT],
        },
    },
    "logement_actuel": {
        "statut": "chez_particulier",
        "hebergeant": "HEBERGEUR",
        "structure": "HEBERGEUR",
        "adresse": {"voie": "12 RUECACHEE", "complement": "COMPLEMENT", "code_postal": "93777"},
    },
    "suites": {
        "elements": {"s": {"aupres_de": "SOURCEDITE", "reponse": "REPONSEDITE"}},
        "ordre": ["s"],
    },
    "preuves": {"violences": "valide"},
}
DISCRET = TOUT | {"protection": {"discret": True}, "codemandeur": {}}


@lru_cache(maxsize=1)
def vocabulaire() -> Vocabulaire:
    return charger_regles("metropole-exemple").vocabulaire


def feuille(document: dict[str, Any]) -> Papier:
    discret = document.get("protection", {}).get("discret") is True
    dit = delivrable(document, LE_29, ["violences"])
    return composer_acces(dit, vocabulaire(), dossier=DOSSIER, jour=LE_29, demandee_le=LE_29, discret=discret)


def lu(pdf: bytes) -> str:
    """Le texte et les octets, sans les espaces que la mise en page ajoute."""
    en_octets = octets(pdf).decode("latin-1")
    return f"{texte_plat(pdf)} {texte_plat(pdf).replace(' ', '')} {en_octets} {metadonnees(pdf)} {signets(pdf)}"


def test_elle_dit_ce_qui_est_a_elle() -> None:
    """Ses réponses, ses enfants mineurs, ses revenus ; ce qu'elle laisse ; ses droits, leurs articles."""
    dit = texte_plat(feuille(TOUT))
    for attendu in (TITRE, "MOREL", "Zoé", "0612345678".replace("06", "06 ", 1)[:3], "Inès", "1 480", "12 345"):
        assert attendu in dit, attendu
    assert regles().delai.split(" ;")[0] in dit.replace("’", "'")
    assert "art. 15" in dit
    assert "29/11/2026" in dit


@pytest.mark.parametrize("document", [TOUT, DISCRET], ids=["ordinaire", "discret"])
def test_elle_ne_dit_aucun_autre(document: dict[str, Any]) -> None:
    """Ni autre adulte, ni texte libre, ni source, ni adresse : texte, octets, métadonnées, signets."""
    dit = lu(feuille(document))
    assert [secret for secret in SECRETS if secret in dit or secret.capitalize() in dit] == []


def test_les_faits_proteges_ne_laissent_ni_ligne_ni_trou() -> None:
    """Octet pour octet la feuille d'un dossier où rien n'aurait été demandé ni dit de violences."""
    assert feuille(TOUT) == feuille(dict(sans_violence(TOUT, ["violences"])))
    assert "violence" not in lu(feuille(TOUT)).lower()
    assert "plainte" not in lu(feuille(TOUT)).lower()


def test_un_enfant_connu_par_un_dossier_discret_ne_se_delivre_pas() -> None:
    """Ni lui, ni de qui est la feuille, ni comment la joindre, ni le jour, ni qu'elle vient d'un droit exercé."""
    pdf = feuille(DISCRET)
    dit = lu(pdf)
    for tu in (
        "Inès",
        "MOREL",
        "Zoé",
        "0612345678",
        "06 12",
        "EXEMPLE1125000173",
        "1988",
        "2015",
        "2026",
        "RGPD",
        "CNIL",
    ):
        assert tu not in texte_plat(pdf), tu
    assert "Ce que ce dossier" not in dit
    assert metadonnees(pdf)["Title"] == TITRE_NEUTRE
    # Le jour où elle est venue ne change pas un octet.
    autre = composer_acces(
        delivrable(DISCRET, LE_29),
        vocabulaire(),
        dossier="autre",
        jour=date(2030, 1, 1),
        demandee_le=date(2030, 1, 1),
        discret=True,
    )
    assert autre == pdf


def test_le_codemandeur_n_emporte_rien_du_demandeur() -> None:
    """Son nom, ses revenus ; ni le demandeur, ni ses enfants, ni ses moyens d'être joint, ni le logement."""
    dit = delivrable(TOUT, LE_29, ["violences"], "codemandeur")
    assert set(dit) == {"codemandeur", "ressources"}
    pdf = composer_acces(dit, vocabulaire(), dossier=DOSSIER, jour=LE_29, demandee_le=LE_29, discret=False)
    assert "CONJOINTE" in texte_plat(pdf)
    assert "7 777" in texte_plat(pdf)
    for tu in ("MOREL", "Zoé", "Inès", "1 480", "12 345", "Logement trop cher", "EXEMPLE1125000173"):
        assert tu not in texte_plat(pdf), tu


def test_ce_qui_ne_s_ecrit_pas_se_dit() -> None:
    coreen = {**TOUT, "demandeur": {**TOUT["demandeur"], "nom": "김"}}
    assert feuille(coreen).manques == ("김",)
    assert feuille(TOUT).manques == ()


def test_un_dossier_vide_le_dit() -> None:
    assert RIEN.replace("'", "’")[:30] in texte_plat(feuille({"id": DOSSIER})).replace("'", "’")
    assert nom_du_fichier(DOSSIER).endswith(".pdf")
    assert "MOREL" not in nom_du_fichier(DOSSIER)


def _marque(chemin: str) -> str:
    return "Q" + "".join(mot[:4].upper() for mot in chemin.replace(".", "_").split("_")) + "Q"


def _libres() -> dict[str, str]:
    """Une marque dans chaque texte du dossier, hors listes."""
    return {
        chemin: _marque(chemin)
        for chemin, champ in inventaire().champs.items()
        if champ.genre is Genre.TEXTE and not champ.champ.nomenclature
    }


_PERMIS = frozenset(
    {"demandeur.nom", "demandeur.nom_usage", "demandeur.prenoms", "contact.telephone", "contact.courriel",
     "demande.numero_unique", "demande.numero_provisoire"}
)  # fmt: skip


@given(st.sets(st.sampled_from(sorted(_libres())), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_propriete_aucun_texte_qui_n_est_pas_a_elle(chemins: set[str]) -> None:
    """Où qu'un texte soit écrit, il n'est sur la feuille que s'il est son nom, son numéro, ou sert à la joindre."""
    document: dict[str, Any] = {"id": DOSSIER}
    for chemin in chemins:
        document = poser(document, chemin, _libres()[chemin])
    dit = lu(feuille(document))
    for chemin in chemins - _PERMIS:
        assert _marque(chemin) not in dit, chemin
        assert _marque(chemin).capitalize() not in dit, chemin


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_propriete_aucune_reponse_de_violence(donnees: st.DataObject) -> None:
    """Quelle que soit la réponse codée, ce qui se délivre ne dit aucune violence, et pas qu'on l'a demandée."""
    champs = [un for un in inventaire().champs.values() if un.champ.nomenclature in nationales()]
    document: dict[str, Any] = {"id": DOSSIER}
    for champ in donnees.draw(st.lists(st.sampled_from(champs), min_size=1, max_size=15)):
        codes = sorted(nationales()[champ.champ.nomenclature].codes)
        choisi: Any = donnees.draw(st.sampled_from(codes))
        if champ.genre is Genre.COCHES:
            choisi = {"coches": [choisi], "clos": True}
        document = poser(document, champ.chemin, choisi)
    dit = delivrable(document, LE_29)
    assert faits_de_violence(dit) == {}
    assert delivrable(dict(sans_violence(document)), LE_29) == dit


def test_les_exemples_livres_ne_disent_aucun_autre_adulte() -> None:
    """De chaque dossier d'exemple, aucun prénom ni nom d'un autre adulte qui ne serait pas le sien."""
    for document in decoder((RESSOURCES / "exemples" / "dossiers.json").read_bytes()):
        dit = delivrable(document, LE_29)
        assert "codemandeur" not in dit
        assert not {"suites", "protection", "triage", "pieces", "refus"} & dit.keys()


@pytest.mark.parametrize(
    ("mutant", "secret"),
    [
        ("peut_etre_adulte", "ADULTEMAJEUR"),
        ("_revenus", "7 777"),
        ("sans_violence", "violences"),
        ("est_discret", "Inès"),
    ],
)
def test_les_mutants(monkeypatch: pytest.MonkeyPatch, mutant: str, secret: str) -> None:
    """Chaque garde ôtée laisse passer ce qu'elle retient : les épreuves d'avant le verraient."""
    faux: dict[str, Any] = {
        "peut_etre_adulte": lambda *_: False,
        "_revenus": lambda document, _: document["ressources"]["revenus"]["elements"].items(),
        "sans_violence": lambda document, _: document,
        "est_discret": lambda _: False,
    }
    monkeypatch.setattr(acces, mutant, faux[mutant])
    dit = texte_plat(feuille(DISCRET if mutant == "est_discret" else TOUT)).lower()
    assert secret.lower() in dit


@pytest.mark.parametrize("chemin", ["contact.adresse_courrier", "logement_actuel.hebergeant", "demande.precisions"])
def test_le_mutant_d_une_liste_blanche_trop_longue(monkeypatch: pytest.MonkeyPatch, chemin: str) -> None:
    """Un champ de trop dans la liste se voit à la propriété."""
    from dataclasses import replace

    trop = replace(regles(), champs=(*regles().champs, chemin))
    monkeypatch.setattr(acces, "regles", lambda: trop)
    monkeypatch.setattr("impressions.acces.regles", lambda: trop)
    marque = _marque(chemin)
    assert marque.lower() in lu(feuille(poser({"id": DOSSIER}, chemin, marque))).lower()
