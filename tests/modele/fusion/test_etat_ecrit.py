"""Un état rangé par opération redonne le même état, celui d'une version d'avant se lit encore."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from modele.dossier.documents import encoder
from modele.fusion import EtatDossier, EtatEcrit, Origine, Tete, decoder_etat, ecrire_etat, encoder_etat, relire_etat

A, B = "op-a", "op-b"
ZOE = "foyer.personnes.elements.zoe"
AUTEURS = {un: Origine("Nora", "poste-1", datetime(2026, 11, 27, tzinfo=UTC), 60) for un in (A, B)}
# Une unité d'un champ, une de plusieurs, un élément de liste et son champ, des cases, un décimal.
SIMPLES = {
    "contact.langue": [Tete(A, {"contact.langue": "ar"})],
    "demandeur#identite": [Tete(A, {"demandeur.nom": "Fatihi", "demandeur.prenoms": "Nadia"})],
    ZOE: [Tete(B, {ZOE: {}})],
    f"{ZOE}.a_charge": [Tete(B, {f"{ZOE}.a_charge": True})],
    "demande.motifs": [Tete(B, {"demande.motifs": {"clos": True, "coches": ["sans_logement"]}})],
    "logement_actuel.loyer": [Tete(B, {"logement_actuel.loyer": Decimal("512.30")})],
}
DISCUTEES: dict[str, list[Tete]] = {
    "deux têtes": [Tete(A, {"local.x": 1}), Tete(B, {"local.x": 2})],
    "retirée": [Tete(A)],
    "proposée": [Tete(A, {"local.x": 1}, base={"local.x": 0})],
    "retrait qui a vu": [Tete(A, {"local.x": 1}, vues={"local.y": 3})],
    "retrait qui connaît": [Tete(A, {"local.x": 1}, connues=(B,))],
    "champ d'une autre unité": [Tete(A, {"local.y": 1})],
}


def _etat(unites: dict[str, Any]) -> EtatDossier:
    return EtatDossier("d", "metropole-exemple", 7, unites, AUTEURS, ("ancien",))


def test_ce_qui_ne_se_discute_pas_se_range_par_operation() -> None:
    """L'identifiant d'une opération s'écrit une fois, pas une fois par champ."""
    ecrit = ecrire_etat(_etat(SIMPLES))
    assert ecrit.unites == {}
    assert {operation: set(champs) for operation, champs in ecrit.dits.items()} == {
        A: {"contact.langue", "demandeur.nom", "demandeur.prenoms"},
        B: {ZOE, f"{ZOE}.a_charge", "demande.motifs", "logement_actuel.loyer"},
    }
    assert relire_etat(ecrit) == _etat(SIMPLES)
    assert decoder_etat(encoder_etat(_etat(SIMPLES))) == _etat(SIMPLES)


@pytest.mark.parametrize("tetes", DISCUTEES.values(), ids=DISCUTEES)
def test_ce_qui_se_discute_garde_toutes_ses_tetes(tetes: list[Tete]) -> None:
    etat = _etat(SIMPLES | {"local.x": tetes})
    ecrit = ecrire_etat(etat)
    assert ecrit.unites == {"local.x": tetes}
    assert decoder_etat(encoder_etat(etat)) == etat


def test_un_etat_d_une_version_d_avant_se_lit_tel_quel() -> None:
    """Toutes ses unités y ont leurs têtes."""
    etat = _etat(SIMPLES | {"local.x": DISCUTEES["deux têtes"]})
    assert decoder_etat(encoder(etat)) == etat


def test_deux_operations_d_une_meme_unite_restent_deux_tetes() -> None:
    """Une version suivante réunit deux champs en une unité : rien n'est écrasé, une personne tranchera."""
    ecrit = EtatEcrit("d", "t", dits={A: {"demandeur.nom": "Fatihi"}, B: {"demandeur.prenoms": "Nadia"}})
    assert relire_etat(ecrit).unites == {
        "demandeur#identite": [Tete(A, {"demandeur.nom": "Fatihi"}), Tete(B, {"demandeur.prenoms": "Nadia"})]
    }


def test_ecrire_et_relire_ne_changent_pas_ce_qu_on_leur_donne() -> None:
    etat = _etat(SIMPLES)
    ecrit = ecrire_etat(etat)
    avant = encoder(etat), encoder(ecrit)
    relire_etat(ecrit)
    ecrire_etat(etat)
    assert (encoder(etat), encoder(ecrit)) == avant


def test_l_ecrit_est_moitie_moins_lourd() -> None:
    """Vingt champs d'une opération au nom de trente-six caractères, comme à la création d'un dossier."""
    operation = "01a21b06-b6c5-74d7-930e-7a85fb2a69a5"
    etat = _etat({f"local.champ_{rang}": [Tete(operation, {f"local.champ_{rang}": rang})] for rang in range(20)})
    assert len(encoder_etat(etat)) < len(encoder(etat)) / 2


def test_un_decimal_demesure_ne_se_lit_pas() -> None:
    with pytest.raises(msgspec.DecodeError):
        decoder_etat(b'{"dossier":"d","territoire":"t","dits":{"a":{"x":1e9999}}}')
