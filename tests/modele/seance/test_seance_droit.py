"""Le droit d'une séance est en données : chaque règle a son article et son jour, chaque faute se dit."""

from __future__ import annotations

import pytest

from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from modele.seance.droit import droit, lire_droit
from ressources import RESSOURCES

TEXTE = (RESSOURCES / "national" / "seance.toml").read_text(encoding="utf-8")


def test_les_cinq_decisions_de_r441_3() -> None:
    lus = droit().decisions
    assert list(lus) == [
        "attribution", "attribution_rang", "attribution_condition", "non_attribution", "irrecevabilite",
    ]  # fmt: skip
    assert [nom for nom, une in lus.items() if une.favorable] == list(lus)[:3]
    for lettre, une in zip("abcde", lus.values(), strict=True):
        assert f"R441-3 {lettre}" in une.provenance.fondement


def test_les_nombres_de_la_loi() -> None:
    assert (droit().nombre.nombre, droit().offre.nombre) == (3, 10)
    assert set(droit().exceptions) == {"insuffisance", "prefet", "subvention"}


def test_qui_a_voix_deliberative() -> None:
    lues = droit().qualites
    assert [nom for nom, une in lues.items() if une.voix] == [
        "bailleur",
        "prefet",
        "intercommunalite",
        "maire",
        "mandant",
    ]
    assert [nom for nom, une in lues.items() if une.preponderante] == ["maire"]
    assert lues["bailleur"].au_plus == 6


def test_un_rang_permis_se_dit_dans_la_lettre() -> None:
    """R441-2-17 : le rang est communiqué. L'obligation de signer n'est dite qu'à qui reçoit l'offre."""
    for une in droit().decisions.values():
        dites = " ".join(une.lettre_rang or une.lettre)
        assert ("au rang {rang}" in dites) is bool(une.rang)
        assert "obligation de signer" not in dites + " ".join(une.lettre)


def test_l_agree_siege_toujours_ccas_ou_departement() -> None:
    lues = droit().qualites
    assert [nom for nom, une in lues.items() if une.toujours] == ["bailleur", "prefet", "maire", "agree"]
    assert {nom: une.sans for nom, une in lues.items() if une.sans} == {"departement": "ccas"}


def test_le_prefet_attribue_un_logement_sur_ses_droits() -> None:
    assert "procède à l'attribution d'un logement sur ses droits de réservation" in droit().dalo.rejet


def test_rien_n_est_a_faire_valider() -> None:
    """Une phrase d'une lettre est lue dans le texte : sur un papier, rien n'est déduit."""
    lus = droit()
    for une in (*lus.exceptions.values(), *lus.qualites.values(), *lus.decisions.values(), *lus.motifs.values()):
        assert une.provenance.confiance == "V"
        assert une.provenance.verifie_le is not None


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("[nombre]\n", "[nombres]\n", "nombre"),
        ("au_moins = 3\n", "", "au_moins"),
        ('rang = "exige"', 'rang = "toujours"', "rang"),
        ('id = "maire"\n', 'id = "prefet"\n', "employé deux fois"),
        ("[dalo]\n", "[opposable]\n", "dalo"),
        ("[refus]\n", "[refuse]\n", "refus"),
        ("interdit = true\n", "interdit = true\nnote = 1\n", "clé inconnue"),
        ('fondement = "CCH L441"\n', "", "fondement"),
        ("jours_au_moins = 10\n", 'jours_au_moins = "10"\n', "entier"),
    ],
)
def test_une_faute_se_dit(avant: str, apres: str, message: str) -> None:
    assert avant in TEXTE
    with pytest.raises(FichierFautif, match=message):
        lire_droit(lire_texte(TEXTE.replace(avant, apres, 1), "seance.toml"))
