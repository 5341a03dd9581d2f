"""Le numéro provisoire : jamais pris pour un numéro unique, ni l'inverse ; une faute de copie se voit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.chemins import poser
from modele.dossier.codes import ALPHABET
from modele.dossier.formes import Gravite, examiner, nationales
from modele.dossier.numeros import numero_provisoire, relire_provisoire
from modele.dossier.validation import valider

NOMS = st.text(min_size=1, max_size=12)
RANGS = st.one_of(st.integers(1, 2000), st.integers(1, 31**6))
PROVISOIRES = st.builds(numero_provisoire, NOMS, NOMS, NOMS, RANGS)
UNIQUES = st.one_of(
    st.from_regex(
        next(forme.motif for forme in nationales() if forme.id == "numero_unique").pattern.partition("|EXEMPLE")[0],
        fullmatch=True,
    ),
    st.text(alphabet="0123456789", max_size=20).map(lambda chiffres: f"EXEMPLE{chiffres}"),
)


def _nu(numero: str) -> str:
    return numero.replace("-", "")


@given(PROVISOIRES)
def test_un_numero_unique_n_est_jamais_provisoire(numero: str) -> None:
    """Saisi à la place du numéro unique, tout numéro provisoire est une erreur, comme qu'on l'écrive."""
    for ecrit in (numero, _nu(numero), numero.lower(), numero.replace("-", " ")):
        gravite, message = next(iter(examiner("numero_unique", ecrit)))
        assert gravite is Gravite.ERREUR
        assert "provisoire" in message


@given(UNIQUES)
def test_un_numero_provisoire_n_est_jamais_unique(numero: str) -> None:
    """Aucun numéro de la forme d'un numéro unique, d'exemple compris, ne se lit comme un provisoire."""
    assert relire_provisoire(numero) is None
    gravite, _ = next(iter(examiner("numero_provisoire", numero)))
    assert gravite is Gravite.ERREUR
    assert list(examiner("numero_unique", numero)) == []


@given(PROVISOIRES)
def test_se_relit_comme_on_le_recopie(numero: str) -> None:
    """Minuscules, espaces ou tirets : le même numéro, remis en forme ; la validation l'accepte."""
    for ecrit in (numero, f" {numero.lower()} ", _nu(numero), numero.replace("-", "\u00a0")):
        assert relire_provisoire(ecrit) == numero
    assert list(examiner("numero_provisoire", numero)) == []
    assert list(valider(poser({}, "demande.numero_provisoire", numero), date(2026, 11, 22))) == []


@given(PROVISOIRES, st.data())
def test_un_signe_change_se_voit(numero: str, tirage: st.DataObject) -> None:
    """Un signe mal recopié, où qu'il soit, fait un numéro refusé."""
    signes = list(_nu(numero))
    rang = tirage.draw(st.integers(0, len(signes) - 1))
    autre = tirage.draw(st.sampled_from([signe for signe in ALPHABET if signe != signes[rang]]))
    assert relire_provisoire("".join((*signes[:rang], autre, *signes[rang + 1 :]))) is None


@given(PROVISOIRES, st.data())
def test_deux_signes_echanges_se_voient(numero: str, tirage: st.DataObject) -> None:
    """Deux signes échangés, voisins ou non, font un numéro refusé."""
    signes = list(_nu(numero))
    un, autre = (tirage.draw(st.integers(0, len(signes) - 1)) for _ in range(2))
    if signes[un] != signes[autre]:
        signes[un], signes[autre] = signes[autre], signes[un]
        assert relire_provisoire("".join(signes)) is None


@pytest.mark.parametrize("ecrit", ["", "P", "PPPPPPPPPPPPPP0", "X" * 14, "P" * 40, "P2345-6789A-BCD"])
def test_ce_qui_n_en_a_pas_la_forme(ecrit: str) -> None:
    """Trop court, trop long, d'un autre début, d'un signe qui n'existe pas."""
    assert relire_provisoire(ecrit) is None


def test_distincts_par_territoire_poste_epoque_et_rang() -> None:
    """Chaque partie change le numéro : deux postes, ou un poste remis d'une sauvegarde, ne donnent pas le même."""
    parties = [("t", "p", "e", 1), ("t2", "p", "e", 1), ("t", "p2", "e", 1), ("t", "p", "e2", 1), ("t", "p", "e", 2)]
    numeros = {numero_provisoire(*parts) for parts in parties}
    assert len(numeros) == len(parties)
    assert numero_provisoire("metropole-exemple", "poste", "epoque", 1) == "PRWH6-3QA22-223H"
