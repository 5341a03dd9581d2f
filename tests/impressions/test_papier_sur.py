"""Ce qui n'a pas de source vérifiée ne sort pas sur un papier ; et une fiche réservée n'est jamais amputée."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import (
    LANGUE_RESERVEE,
    RESERVEE,
    annuaire,
    contact,
    contacts,
    donnees,
    ecrire_fiche,
    fiches,
)
from hypothesis import given
from hypothesis import strategies as st
from lecture_pdf import texte_plat

from impressions import annuaire as mecanisme
from impressions.annuaire import LigneDeNumero, amputation, lire_lignes, verifies
from impressions.document import composer
from impressions.sures import MARQUE, MARQUE_DE_DELAI, TexteSur, phrases_sures
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.provenance import Provenance

AILLEURS = "demandez-le à l’ADIL ou à un travailleur social avant de partir"
DOUTEUX = Provenance(source="x", confiance="M", verifie_le=date(2026, 11, 22))


# Les phrases.


@pytest.mark.parametrize(
    ("texte", "reste"),
    [
        ("Appelez. Rappelez (à faire valider).", "Appelez."),
        ("Rappelez (à faire valider). Notez l'heure.", "Notez l'heure."),
        (f"Dites où. {MARQUE} Notez l'heure.", "Notez l'heure."),
        (f"**Rappelez.** {MARQUE} Notez.", "Notez."),
        ("Le 115 ne prend pas un mineur seul (à faire valider localement).", ""),
        ("Art. 24 de la loi (CCH R.441-2-3). Suite.", "Art. 24 de la loi (CCH R.441-2-3). Suite."),
        ("Voir l'art. 24 de la loi (à faire valider). Suite.", "Suite."),
        ("Rien à redire.", "Rien à redire."),
        ("", ""),
    ],
)
def test_la_phrase_douteuse_tombe_et_elle_seule(texte: str, reste: str) -> None:
    assert phrases_sures(texte) == reste


_PHRASES = st.lists(
    st.tuples(st.text("abcdé ,;'-", min_size=1).map(lambda mots: f"X{mots.strip()}"), st.booleans()), max_size=6
)


@given(phrases=_PHRASES, marque=st.sampled_from([" (à faire valider).", f". {MARQUE}", f". {MARQUE_DE_DELAI}"]))
def test_aucune_phrase_marquee_ne_reste_et_aucune_autre_ne_se_perd(
    phrases: list[tuple[str, bool]], marque: str
) -> None:
    """Quelles que soient celles qui sont marquées."""
    texte = " ".join(f"{mots}{marque if douteuse else '.'}" for mots, douteuse in phrases)
    assert phrases_sures(texte) == " ".join(f"{mots}." for mots, douteuse in phrases if not douteuse)


def test_un_texte_de_fiche_se_nettoie_par_morceaux() -> None:
    """Une puce vide disparaît, une ligne de tableau tombe entière, et « demandez » ne se dit qu'une fois."""
    sur = TexteSur("Demandez.")
    markdown = f"""## Titre

Sûr
et long. Douteux {MARQUE}

- gardée
- douteuse {MARQUE}
- délai {MARQUE_DE_DELAI}
~~~ encadre
Autre délai. {MARQUE_DE_DELAI}

Fin.
~~~
``` tableau
Décision. | 3 mois {MARQUE} | CCH
Recours | 4 mois | CJA
```
1. dernière {MARQUE}"""
    assert sur.nettoyer(markdown).split("\n") == [
        "## Titre", "", "Sûr", "et long.", "", "- gardée", "- Demandez.", "~~~ encadre", "", "Fin.", "~~~",
        "``` tableau", "Recours | 4 mois | CJA", "```",
    ]  # fmt: skip
    assert sur.demande


def test_un_texte_sur_ne_change_pas() -> None:
    for fiche in ("115", "cotation", "resume", "neutre"):
        corps = fiches().trouver(fiche, "fr").corps.replace("{{ a_valider }}", "")
        assert TexteSur("x").nettoyer(corps) == corps


# Le papier ordinaire.


def _dire(tmp_path: Path, corps: str, **changements: Any) -> str:
    ecrire_fiche(tmp_path, "essai", corps)
    return texte_plat(composer("essai", donnees(fiches=fiches(tmp_path), **changements)))


def test_un_papier_remis_ne_porte_jamais_la_marque(tmp_path: Path) -> None:
    dit = _dire(tmp_path, "Vrai. Douteux. {{ a_valider }}\n\nAutre délai. {{ delai_a_valider }}\n\nFini.")
    assert "valider" not in dit
    assert "Douteux" not in dit
    assert "Autre délai" not in dit.replace("Un autre délai", "")
    assert dit.count(AILLEURS) == 1
    assert "Vrai." in dit
    assert "Fini." in dit


def _voie(*echeances: Echeance) -> tuple[Voie, ...]:
    return (Voie("dalo", "Recours DALO", Urgence.SEMAINE, certaine=True, discret=False, echeances=echeances),)


SURE = Echeance("a", "Décision", le=date(2027, 3, 1))
SANS_DATE = Echeance("b", "Réponse attendue", depuis="Dépôt")
DOUTEUSE = Echeance("c", "Radiation", le=date(2027, 5, 1), confiance="D")


def test_seules_les_echeances_datees_et_sures_s_impriment(tmp_path: Path) -> None:
    """Ni « à la date : date à laquelle… », ni un délai douteux : à sa place, une phrase, une fois (W34)."""
    corps = "{% if echeances %}\n### Vos dates\n\n``` echeances\n```\n{% endif %}\n\nSuite. {{ delai_a_valider }}"
    dit = _dire(tmp_path, corps, voies=_voie(SURE, SANS_DATE, DOUTEUSE))
    assert "01/03/2027" in dit
    assert "Réponse attendue" not in dit
    assert "Radiation" not in dit
    assert dit.count(AILLEURS) == 1
    muet = _dire(tmp_path, corps.partition("\n\nSuite")[0], voies=_voie(SANS_DATE))
    assert "Vos dates" not in muet
    assert AILLEURS not in muet


def test_un_numero_sans_source_tombe_et_celui_d_ici_se_demande(tmp_path: Path) -> None:
    """Le numéro local douteux renvoie à qui le sait ; le numéro du pays douteux tombe seul."""
    siao = replace(contact("siao", "SIAO d'ici", "05 36 49 01 15"), provenance=DOUTEUX)
    ici = contacts() | {"siao": siao, "sur": contact("sur", "Accueil d'ici", "05 36 49 01 16")}
    dit = _dire(tmp_path, "``` contacts\n3949\nsiao\nsur\n17\n```", contacts=ici)
    assert "39 49" not in dit
    assert "05 36 49 01 15" not in dit
    assert "05 36 49 01 16" in dit
    assert dit.count(AILLEURS) == 1
    assert AILLEURS not in _dire(tmp_path, "``` contacts\n3949\n17\n```")


def test_la_note_d_une_piece_se_nettoie(tmp_path: Path) -> None:
    piece = donnees().pieces[2]
    marquee = replace(piece, piece=replace(piece.piece, note="Copie seule. Original parfois (à faire valider)."))
    dit = _dire(tmp_path, "``` pieces\n```", pieces=(marquee,))
    assert "Copie seule." in dit
    assert "Original" not in dit


def test_les_numeros_d_urgence_sont_dates_sauf_sur_une_fiche_reservee() -> None:
    """La plus ancienne de leurs dates, une fois par liste ; une date dirait le passage sur un papier trouvé."""
    assert texte_plat(composer("115", donnees())).count("Numéros d’urgence vérifiés le 29/11/2026.") == 1
    assert "vérifiés" not in texte_plat(composer("neutre", donnees()))


def test_la_fiche_115_porte_le_119_et_le_3114() -> None:
    """W33 : ils y manquaient ; et rien n'y est plus à faire valider."""
    dit = texte_plat(composer("115", donnees()))
    assert "119 Enfant en danger" in dit
    assert "31 14" in dit
    assert "valider" not in dit


# La fiche réservée.


def test_la_fiche_neutre_livree_est_assez_longue_et_ne_porte_aucune_marque() -> None:
    neutre = fiches().trouver("neutre", "fr")
    lignes = [ligne for bloc in mecanisme._BLOC.findall(neutre.corps) for ligne in lire_lignes(bloc)]
    imprimes = [ligne for ligne in lignes if not ligne.reserve and ligne.id != "3949"]
    assert len(imprimes) >= 24
    assert all(not contacts()[ligne.id].provenance.a_valider for ligne in imprimes)
    assert {"17", "112", "114", "115", "119", "3114", "3919", "3977", "116006"} <= {ligne.id for ligne in imprimes}
    assert amputation(neutre, contacts()) == ""
    dit = texte_plat(composer("neutre", donnees()))
    assert "valider" not in dit
    assert "page 1 sur 1" in dit


def test_un_numero_non_verifie_y_est_remplace_par_un_autre_banal() -> None:
    """Ni trou, ni marque : autant de lignes, et la réserve paraît."""
    avant = texte_plat(composer("neutre", donnees()))
    douteux = contacts() | {"3919": replace(contacts()["3919"], provenance=DOUTEUX)}
    apres = texte_plat(composer("neutre", donnees(nationaux=douteux)))
    assert ("39 19" in avant, "39 19" in apres) == (True, False)
    assert "démarches en ligne" in apres


def _reservee(tmp_path: Path, corps: str) -> Any:
    ecrire_fiche(tmp_path, "curieuse", corps, toml=RESERVEE + LANGUE_RESERVEE)
    return donnees(fiches=_du_pays(tmp_path))


def _du_pays(tmp_path: Path) -> Any:
    from modele.sources import Couche

    return fiches(tmp_path, couche=Couche.NATIONALE)


COURTE = "``` contacts\n17 | Police\n3919 | Écoute\n```"
PARLANTE = annuaire(
    *(f"{nom} | Écoute" for nom in ("114", "115", "119", "3114", "3919", "3977", "116006", "3018", "adil")),
    "viols-femmes-informations | Écoute", "arretonslesviolences | Écoute",
)  # fmt: skip


@pytest.mark.parametrize(
    ("corps", "phrase"),
    [
        (COURTE, "2 numéros vérifiés, dont 1 banals"),
        (PARLANTE, "31 numéros vérifiés, dont 20 banals"),
        (annuaire() + "Un texte. {{ a_valider }}", "phrase à faire valider"),
        (annuaire() + "Un texte (à faire valider).", "phrase à faire valider"),
    ],
)
def test_une_fiche_reservee_courte_ou_parlante_n_est_pas_offerte(tmp_path: Path, corps: str, phrase: str) -> None:
    """Une liste courte se lit comme un message ; une liste de numéros d'écoute aussi."""
    with pytest.raises(ErreurUtilisateur, match=phrase):
        composer("curieuse", _reservee(tmp_path, corps))


def test_une_fiche_reservee_sans_liste_n_a_pas_a_etre_longue(tmp_path: Path) -> None:
    assert composer("curieuse", _reservee(tmp_path, "Un texte."))
    assert composer("curieuse", _reservee(tmp_path, annuaire()))


MUTANTS = {
    "le plancher tombe": ("impressions.annuaire.MOINDRE", 1, COURTE.replace("3919 | Écoute", "15 | Santé")),
    "rien n'est compté": ("impressions.discretion.amputation", lambda *_: "", COURTE),
    "une marque passe": ("impressions.annuaire._A_VALIDER", re.compile("jamais"), annuaire() + "Oui. {{ a_valider }}"),
}


@pytest.mark.parametrize("nom", MUTANTS)
def test_chaque_mutant_laisserait_sortir_une_fiche_amputee(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nom: str
) -> None:
    """La règle tient : sans elle, le papier sort."""
    ou, mutant, corps = MUTANTS[nom]
    with pytest.raises(ErreurUtilisateur):
        composer("curieuse", _reservee(tmp_path, corps))
    monkeypatch.setattr(ou, mutant)
    assert composer("curieuse", _reservee(tmp_path, corps))


_CONTACTS = st.dictionaries(
    st.sampled_from([f"n{rang}" for rang in range(12)]),
    st.tuples(st.booleans(), st.booleans()),
)


def _fabriquer(tires: Mapping[str, tuple[bool, bool]]) -> dict[str, Contact]:
    return {
        nom: Contact(nom, nom, numero=nom, banal=banal, provenance=Provenance() if sur else DOUTEUX)
        for nom, (banal, sur) in tires.items()
    }


@given(tires=_CONTACTS, coupe=st.integers(0, 12))
def test_autant_de_lignes_tant_que_la_reserve_suffit(tires: Mapping[str, tuple[bool, bool]], coupe: int) -> None:
    """Aucun numéro douteux ne paraît ; une réserve n'est jamais que banale, et ne sert qu'à la place d'un autre."""
    connus = _fabriquer(tires)
    lignes = [LigneDeNumero(nom, "x", "", False, rang >= coupe) for rang, nom in enumerate(connus)]
    rendues = list(verifies(lignes, connus))
    voulues = [ligne for ligne in lignes if not ligne.reserve]
    reserves = [un for un in lignes if un.reserve and connus[un.id].banal and not connus[un.id].provenance.a_valider]
    douteuses = [ligne for ligne in voulues if connus[ligne.id].provenance.a_valider]
    assert len(rendues) == len(voulues) - max(0, len(douteuses) - len(reserves))
    assert not any(connus[ligne.id].provenance.a_valider for ligne in rendues)
    assert [ligne for ligne in rendues if ligne.reserve] == reserves[: len(douteuses)]
