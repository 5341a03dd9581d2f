"""Les données publiées : signées par le registre, jamais à reculons, jamais crues sur parole."""

from __future__ import annotations

from typing import Any

import pytest
from outils_registre import TERRITOIRE
from outils_synchro import Poste, Site

from modele.coffre.listes import Publie
from modele.protocole.messages import Referentiel
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport
from registre.service.informations import postes
from registre.service.referentiels import publier


def _publier(site: Site, contenu: bytes) -> None:
    publier(site.moteur, TERRITOIRE, "grille.toml", contenu, site.horloge())


def _tenu(poste: Poste) -> bytes | None:
    """Ce que ce poste tient de la grille."""
    publie = poste.coffre.echanges.referentiel("grille.toml")
    return publie.contenu if publie else None


def test_la_derniere_version_arrive_une_fois(site: Site) -> None:
    """Publiée, elle arrive au tour suivant ; inchangée, elle ne se retélécharge pas."""
    un = site.poste("un")
    assert _tenu(un) is None
    _publier(site, b"une")
    un.tour()
    assert _tenu(un) == b"une"
    un.tour()
    _publier(site, b"deux")
    un.tour()
    assert _tenu(un) == b"deux"
    assert un.coupures.faits.count("referentiel") == 2


def test_jamais_a_reculons(site: Site) -> None:
    """Une version plus ancienne, même signée, ne remplace pas celle d'ici."""
    un = site.poste("un")
    echanges = un.coffre.echanges
    assert echanges.garder_referentiel(Publie("grille.toml", 5, b"cinq"), b"s")
    assert not echanges.garder_referentiel(Publie("grille.toml", 4, b"quatre"), b"s")
    assert not echanges.garder_referentiel(Publie("grille.toml", 5, b"autre cinq"), b"s")
    _publier(site, b"une")
    un.tour()
    assert _tenu(un) == b"cinq"


def _falsifie(un: Poste, quoi: str, monkeypatch: pytest.MonkeyPatch) -> str:
    vrai_contenu, vraie_liste = Transport.referentiel, Transport.referentiels

    def contenu(transport: Transport, nom: str, version: int) -> bytes:
        return vrai_contenu(transport, nom, version) + (b" " if quoi == "contenu" else b"")

    def liste(transport: Transport) -> list[Referentiel]:
        import msgspec

        faux: dict[str, Any] = {"signature": {"signature": b"\0" * 64}, "taille": {"taille": 1}}.get(quoi, {})
        return [msgspec.structs.replace(annonce, **faux) for annonce in vraie_liste(transport)]

    monkeypatch.setattr(Transport, "referentiel", contenu)
    monkeypatch.setattr(Transport, "referentiels", liste)
    return un.synchro.tour().panne


@pytest.mark.parametrize("quoi", ["contenu", "signature", "taille"])
def test_falsifie_il_n_est_pas_garde(site: Site, quoi: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un contenu, une taille ou une signature faux : l'ancien reste, l'agent le sait, le reste du tour est fait."""
    un = site.poste("un")
    _publier(site, b"une")
    un.tour()
    _publier(site, b"deux")
    dossier = un.creer()
    assert "« grille.toml » n'est pas signé par le registre" in _falsifie(un, quoi, monkeypatch)
    assert _tenu(un) == b"une"
    assert (un.attente(), un.coffre.compter()) == (0, 1)
    assert un.coffre.lire(dossier)
    etat = un.synchro.etat()
    assert (etat.lien.value, "grille.toml" in etat.panne) == ("en_ligne", True)


def test_le_registre_sait_ce_que_tient_chaque_poste(site: Site) -> None:
    """À chaque échange ; un registre d'avant, qui ne l'entend pas, n'empêche rien."""
    un, deux = site.poste("un"), site.poste("deux")
    _publier(site, b"une")
    un.tour()
    deux.tour()
    _publier(site, b"deux")
    un.tour()
    assert sorted(poste.versions.get("grille.toml", 0) for poste in postes(site.moteur, TERRITOIRE)) == [1, 2]


def test_un_registre_qui_ne_l_entend_pas_n_empeche_rien(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> None:
        raise Empechement(Classe.REFUS, "inconnu")

    un = site.poste("un")
    _publier(site, b"une")
    monkeypatch.setattr(Transport, "dire_les_versions", refuser)
    un.tour()
    assert _tenu(un) == b"une"


def test_coupe_au_moment_de_le_dire_ce_qui_est_recu_reste(site: Site) -> None:
    """Le tour suivant le redit."""
    un = site.poste("un")
    _publier(site, b"une")
    un.coupures.avant.append("dire_les_versions")
    assert un.synchro.tour().panne
    assert _tenu(un) == b"une"
    un.tour()
    assert [poste.versions for poste in postes(site.moteur, TERRITOIRE)] == [{"grille.toml": 1}]
