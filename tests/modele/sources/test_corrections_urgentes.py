"""Une correction urgente sert avant ce que la structure avait écrit sans la connaître, jusqu'à ce qu'on le confirme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_paquets import modifie, sources

from modele.regles.fautes import ErreurUtilisateur
from modele.sources import CORRIGE, Couche, Recu, Sources, Urgence, assembler, lire_paquet, ouvrir
from modele.sources import sources as les_sources

LIEUX = "territoires/metropole-exemple/lieux.toml"
PHRASE = 'Le numéro du CCAS était faux : « 05 36 49 00 11 », et non "12".'


def corrige(fichiers: Mapping[str, str], urgence: Urgence | None) -> Recu:
    octets = {chemin: texte.encode() for chemin, texte in fichiers.items()}
    return Recu(
        "territoire.metropole-exemple", 3, assembler("territoire", "metropole-exemple", "v3", octets, urgence=urgence)
    )


def urgence(rang: int, rangs: Mapping[str, int]) -> Urgence:
    return Urgence(rang, PHRASE, date(2026, 12, 1), ("lieux",), rangs)


def local(vue: int) -> Sources:
    """Des lieux corrigés d'urgence deux fois, et la structure qui a écrit les siens en connaissant ``vue``."""
    ici = replace(modifie("lieux", "metropole-exemple", "lieux.toml", "modifié"), urgence_vue=vue)
    recu = corrige({"lieux.toml": "corrigé", "contacts.toml": "même"}, urgence(2, {"lieux.toml": 2}))
    return sources(recus=[recu], surcharges=[ici])


def test_le_manifeste_dit_la_correction_et_se_relit() -> None:
    voulue = urgence(2, {"lieux.toml": 2, "contacts.toml": 1})
    recu = corrige({"lieux.toml": "a", "contacts.toml": "b", "zones.toml": "c"}, voulue)
    assert lire_paquet(recu.contenu, recu.nom, ouvrir().natures).urgence == voulue
    assert lire_paquet(corrige({"lieux.toml": "a"}, None).contenu, recu.nom, ouvrir().natures).urgence is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120).filter(str.strip))
def test_toute_phrase_se_relit_telle_quelle(phrase: str) -> None:
    voulue = Urgence(1, phrase, date(2026, 12, 1), (), {"lieux.toml": 1})
    recu = corrige({"lieux.toml": "a"}, voulue)
    lue = lire_paquet(recu.contenu, recu.nom, ouvrir().natures).urgence
    assert lue is not None
    assert lue.phrase.split() == phrase.split()


@pytest.mark.parametrize(("vue", "sert"), [(0, Couche.TERRITOIRE), (1, Couche.TERRITOIRE), (2, Couche.STRUCTURE)])
def test_ce_que_la_structure_a_ecrit_sans_la_connaitre_est_mis_de_cote(vue: int, sert: Couche) -> None:
    lues = local(vue)
    assert lues.pile(LIEUX)[-1].couche is sert
    assert [un.message for un in lues.ecarts] == ([CORRIGE] if sert is Couche.TERRITOIRE else [])


def test_un_fichier_que_la_correction_n_a_pas_change_garde_ce_que_la_structure_en_dit() -> None:
    recu = corrige({"lieux.toml": "corrigé", "contacts.toml": "même"}, urgence(2, {"lieux.toml": 2}))
    lues = sources(recus=[recu], surcharges=[modifie("contacts", "metropole-exemple", "contacts.toml", "à nous")])
    assert lues.pile("territoires/metropole-exemple/contacts.toml")[-1].couche is Couche.STRUCTURE
    assert lues.ecarts == ()


def test_mutant_la_structure_passe_toujours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le numéro faux continuerait de partir sur le papier."""
    monkeypatch.setattr(les_sources, "_depasse", lambda *_: "")
    assert local(0).pile(LIEUX)[-1].couche is Couche.STRUCTURE


@pytest.mark.parametrize(
    "fautif",
    [
        '[urgente]\nrang = 0\nphrase = "x"\nle = 2026-12-01\n',
        "[urgente]\nrang = 1\nle = 2026-12-01\n",
        '[urgente]\nrang = 1\nphrase = "x"\n',
        '[urgente]\nrang = 1\nphrase = "x"\nle = 2026-12-01\nautre = 1\n',
    ],
)
def test_un_manifeste_fautif_est_refuse(fautif: str) -> None:
    from outils_paquets import zip_de

    entete = 'format = 1\ngenre = "fiche"\nid = "essai"\nversion = "1"\n'
    fichier = '\n[[fichier]]\nchemin = "fr.md"\nsha256 = "{}"\n'
    import hashlib

    octets = b"Bonjour"
    manifeste = entete + fautif + fichier.format(hashlib.sha256(octets).hexdigest())
    with pytest.raises(ErreurUtilisateur):
        lire_paquet(zip_de({"manifeste.toml": manifeste.encode(), "fr.md": octets}), "fiche.essai", ouvrir().natures)


def test_un_rang_de_fichier_au_dela_de_celui_du_paquet_est_refuse() -> None:
    recu = corrige({"lieux.toml": "a"}, urgence(1, {"lieux.toml": 3}))
    with pytest.raises(ErreurUtilisateur, match="au moins celui de chaque fichier"):
        lire_paquet(recu.contenu, recu.nom, ouvrir().natures)
