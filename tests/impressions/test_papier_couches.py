"""Une couche ne peut que durcir la sûreté d'une fiche ; elle ne remplace jamais le texte d'une fiche réservée."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from exemples_papier import (
    DECLARATION,
    LANGUE,
    LANGUE_RESERVEE,
    RESERVEE,
    document,
    donnees,
    ecrire_fiche,
)
from lecture_pdf import texte_plat

from impressions import fiches
from impressions.couches import durcir, superposer
from impressions.declaration import Declaration, declarer
from impressions.document import Territoire, composer, fiches_disponibles
from impressions.fiches import ecarts, trouver
from impressions.surete import Surete
from modele.regles.fautes import ErreurUtilisateur, FichierFautif

SANS_FICHE = Territoire("Métropole d'exemple")
TOUTES = [Surete(*drapeaux) for drapeaux in product((False, True), repeat=3)]


def ici(racine: Path) -> Territoire:
    """Le même territoire, qui ajoute les fiches de ``racine``."""
    return replace(SANS_FICHE, fiches=racine)


@pytest.mark.parametrize("dessous", TOUTES)
@pytest.mark.parametrize("dessus", TOUTES)
def test_aucune_couche_ne_rouvre_ce_que_celle_du_dessous_ferme(dessous: Surete, dessus: Surete) -> None:
    servie = durcir(dessous, dessus)
    assert servie.sans_dossier >= dessous.sans_dossier
    assert servie.exige_cotation >= dessous.exige_cotation
    assert servie.reservee >= dessous.reservee
    assert servie.discret is dessous.discret  # ni levé, ni donné aux dossiers discrets par une couche locale
    assert durcir(servie, dessus) == servie


def test_ce_qu_une_couche_ferme_se_ferme() -> None:
    assert durcir(Surete(), Surete(sans_dossier=True, exige_cotation=True)) == Surete(True, False, True)


def test_une_couche_locale_ne_leve_pas_la_surete_de_la_fiche_neutre(tmp_path: Path) -> None:
    """Le mutant de la norme : ``sans_dossier = false`` et un autre texte. La fiche livrée sert, l'écart se dit."""
    toml = DECLARATION + "sans_dossier = false\ndiscret = false\n" + LANGUE
    ecrire_fiche(tmp_path, "neutre", "Remis à {{ lieu.nom }}, le {{ imprime_le }}", toml=toml, entete='titre = "Ici"')
    assert composer("neutre", donnees(territoire=ici(tmp_path))) == composer("neutre", donnees())
    assert {fiche.id: fiche.titre for fiche in fiches_disponibles(tmp_path)}["neutre"] == "Renseignements utiles"
    assert [str(ecart) for ecart in ecarts(tmp_path)] == [
        "Fiche « neutre » du territoire : « sans_dossier » reste vrai, comme dans la fiche livrée.",
        "Fiche « neutre » du territoire : « discret » reste vrai, comme dans la fiche livrée.",
        "Fiche « neutre » du territoire : son texte (fr) est mis de côté : celui d'une fiche réservée ne se remplace"
        " pas.",
    ]


def test_une_couche_locale_ne_donne_pas_de_langue_a_une_fiche_reservee(tmp_path: Path) -> None:
    """Une traduction est un texte : elle ne vient pas d'une structure."""
    dossier = ecrire_fiche(tmp_path, "neutre", "Bonjour", toml=RESERVEE + LANGUE_RESERVEE.replace(".fr]", ".en]"))
    (dossier / "fr.md").rename(dossier / "en.md")
    with pytest.raises(ErreurUtilisateur, match="Langues : fr"):
        composer("neutre", donnees(territoire=ici(tmp_path)), "en")
    assert "son texte (en) est mis de côté" in str(ecarts(tmp_path)[-1])


def test_une_couche_locale_fautive_laisse_servir_la_fiche_livree(tmp_path: Path) -> None:
    """La faute est rendue avec sa ligne ; personne ne perd la fiche neutre parce qu'un fichier local est faux."""
    ecrire_fiche(tmp_path, "neutre", "Bonjour", toml=DECLARATION + LANGUE, entete='titre = "x"\ndiscret = false')
    (tmp_path / "115").mkdir()
    (tmp_path / "115" / "fiche.toml").write_bytes(b"\xff\xfe")
    for fiche in ("neutre", "115"):
        assert composer(fiche, donnees(territoire=ici(tmp_path))) == composer(fiche, donnees(territoire=SANS_FICHE))
    illisible, fautive = map(str, ecarts(tmp_path))
    assert "Fiche « neutre » du territoire : mise de côté. neutre/fr.md, ligne 3, discret : un drapeau" in fautive
    assert "Fiche « 115 » du territoire : mise de côté." in illisible
    assert "UTF-8" in illisible


def test_une_fiche_du_territoire_fautive_n_emporte_pas_les_autres(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "essai", "Bonjour", toml=LANGUE)
    assert fiches_disponibles(tmp_path) == fiches_disponibles()
    (ecart,) = ecarts(tmp_path)
    assert "essai/fiche.toml, format" in str(ecart)
    with pytest.raises(FichierFautif, match="format"):
        composer("essai", donnees(territoire=ici(tmp_path)))


def test_une_fiche_livree_fautive_ne_se_tait_pas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire_fiche(tmp_path, "essai", "Bonjour", toml=LANGUE)
    monkeypatch.setattr(fiches, "FICHES", tmp_path)
    for lire in (fiches_disponibles, ecarts):
        with pytest.raises(FichierFautif, match="format"):
            lire()


def test_le_texte_d_une_fiche_ordinaire_se_remplace_langue_par_langue(tmp_path: Path) -> None:
    """Celle du territoire sert dans sa langue ; une langue qu'il n'a pas écrite n'est pas perdue."""
    dossier = ecrire_fiche(tmp_path, "115", "Bonjour", toml=DECLARATION + LANGUE.replace(".fr]", ".en]"))
    (dossier / "fr.md").rename(dossier / "en.md")
    assert trouver("115", "en", tmp_path).titre == "Essai"
    assert trouver("115", "fr", tmp_path) == trouver("115", "fr")
    assert ecarts(tmp_path) == ()


def test_une_couche_locale_peut_durcir_une_fiche_ordinaire(tmp_path: Path) -> None:
    """Elle ne reçoit plus rien, dans aucune langue ; les dossiers discrets n'y gagnent rien."""
    corps = "{{ reponse('demandeur.nom') }} {{ lieu }} {{ imprime_le }}"
    ecrire_fiche(
        tmp_path, "resume", corps, toml=DECLARATION + "sans_dossier = true\ndiscret = true\n" + LANGUE_RESERVEE
    )
    plat = texte_plat(composer("resume", donnees(territoire=ici(tmp_path))))
    assert not {"L’Hôpital", "Tilleuls", "23/11/2026"} & set(plat.split())
    assert [str(e) for e in ecarts(tmp_path)] == [
        "Fiche « resume » du territoire : « discret » reste faux, comme dans la fiche livrée."
    ]
    discret = donnees(document=document() | {"protection": {"discret": True}}, territoire=ici(tmp_path))
    with pytest.raises(ErreurUtilisateur, match="dossier discret"):
        composer("resume", discret)


def test_le_texte_servi_garde_la_date_et_les_sources_de_sa_couche(tmp_path: Path) -> None:
    dessous = declarer(ecrire_fiche(tmp_path / "livrees", "essai", "a"))
    dessus = declarer(
        ecrire_fiche(tmp_path / "locales", "essai", "b", toml=DECLARATION.replace("11-22", "12-01") + LANGUE)
    )
    servie, _ = superposer(dessous, dessus)
    assert servie.editions["fr"].verifie_le == date(2026, 12, 1)
    assert servie.editions["fr"].texte.corps == "b\n"


def test_trois_couches_se_superposent_comme_deux(tmp_path: Path) -> None:
    """La fonction se reprend : ce que rendent deux couches est une couche."""
    livree = declarer(ecrire_fiche(tmp_path / "livrees", "essai", "a", toml=RESERVEE + LANGUE_RESERVEE))
    locale: Declaration = replace(livree, surete=Surete())
    deux, _ = superposer(livree, locale)
    trois, ecarts_ = superposer(deux, locale)
    assert trois == deux == livree
    assert len(ecarts_) == 2
