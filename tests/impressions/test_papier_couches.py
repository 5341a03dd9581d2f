"""Une couche ne peut que durcir la sûreté d'une fiche ; elle ne remplace jamais le texte d'une fiche réservée."""

from __future__ import annotations

from pathlib import Path

import pytest
from exemples_papier import (
    DECLARATION,
    LANGUE,
    LANGUE_RESERVEE,
    RESERVEE,
    document,
    donnees,
    ecarts,
    ecrire_fiche,
    fiches,
)
from lecture_pdf import texte_plat

from impressions.document import composer
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.sources import Couche
from ressources import RESSOURCES

RECENTE = DECLARATION.replace("11-22", "11-29")


def test_une_couche_locale_ne_leve_pas_la_surete_de_la_fiche_neutre(tmp_path: Path) -> None:
    """Le mutant de la norme : ``sans_dossier = false`` et un autre texte. La fiche livrée sert, l'écart se dit."""
    toml = DECLARATION + "sans_dossier = false\ndiscret = false\n" + LANGUE
    ecrire_fiche(tmp_path, "neutre", "Remis à {{ lieu.nom }}, le {{ imprime_le }}", toml=toml, entete='titre = "Ici"')
    for couche in (Couche.TERRITOIRE, Couche.STRUCTURE):
        ici = donnees(fiches=fiches(tmp_path, couche=couche))
        assert composer("neutre", ici) == composer("neutre", donnees())
        assert {fiche.id: fiche.titre for fiche in ici.fiches.disponibles()}["neutre"] == "Renseignements utiles"
    assert ecarts(tmp_path) == [
        "fiches/neutre/fiche.toml : « sans_dossier » reste vrai, comme dans la couche du dessous.",
        "fiches/neutre/fiche.toml : « discret » reste vrai, comme dans la couche du dessous.",
        "fiches/neutre/fiche.toml : « securite » reste vrai, comme dans la couche du dessous.",
        "fiches/neutre/fiche.toml : son texte (fr) est mis de côté : celui d'une fiche réservée ne se remplace pas.",
    ]


def test_une_couche_locale_ne_donne_pas_de_langue_a_une_fiche_reservee(tmp_path: Path) -> None:
    """Une traduction est un texte : elle ne vient pas d'une structure."""
    dossier = ecrire_fiche(tmp_path, "neutre", "Bonjour", toml=RESERVEE + LANGUE_RESERVEE.replace(".fr]", ".en]"))
    (dossier / "fr.md").rename(dossier / "en.md")
    with pytest.raises(ErreurUtilisateur, match="Langues : fr"):
        composer("neutre", donnees(fiches=fiches(tmp_path)), "en")
    assert "son texte (en) est mis de côté" in ecarts(tmp_path)[-1]


def test_une_couche_locale_fautive_laisse_servir_la_fiche_livree(tmp_path: Path) -> None:
    """La faute est rendue avec sa ligne ; personne ne perd la fiche neutre parce qu'un fichier local est faux."""
    ecrire_fiche(tmp_path, "neutre", "Bonjour", toml=DECLARATION + LANGUE, entete='titre = "x"\ndiscret = false')
    (tmp_path / "115").mkdir()
    (tmp_path / "115" / "fiche.toml").write_bytes(b"\xff\xfe")
    for fiche in ("neutre", "115"):
        assert composer(fiche, donnees(fiches=fiches(tmp_path))) == composer(fiche, donnees())
    illisible, fautive = ecarts(tmp_path)
    assert "neutre/fr.md, ligne 3, discret : un drapeau" in fautive
    assert "UTF-8" in illisible


def test_une_fiche_du_territoire_fautive_n_emporte_pas_les_autres(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "essai", "Bonjour", toml=LANGUE)
    ici = donnees(fiches=fiches(tmp_path))
    assert ici.fiches.disponibles() == fiches().disponibles()
    (ecart,) = ecarts(tmp_path)
    assert "essai/fiche.toml, format" in ecart
    with pytest.raises(FichierFautif, match="format"):
        composer("essai", ici)


def test_le_texte_d_une_fiche_ordinaire_se_remplace_langue_par_langue(tmp_path: Path) -> None:
    """Celle du territoire sert dans sa langue ; une langue qu'il n'a pas écrite n'est pas perdue."""
    relue = LANGUE.replace("fr", "ka").replace("redigee", "relue") + 'relu_par = "Ana"\nrelu_le = 2026-11-30\n'
    dossier = ecrire_fiche(tmp_path, "115", "", toml=RECENTE + "securite = true\n" + relue)
    (dossier / "fr.md").unlink()
    livre = (RESSOURCES / "fiches" / "115" / "fr.md").read_text(encoding="utf-8")
    texte = livre.replace('titre = "Sans toit ce soir"', 'titre = "Essai"')
    (dossier / "ka.md").write_text(texte, encoding="utf-8")
    ici = fiches(tmp_path)
    assert ici.trouver("115", "ka").titre == "Essai"
    assert ici.trouver("115", "fr") == fiches().trouver("115", "fr")
    assert ecarts(tmp_path) == []


def test_une_couche_locale_peut_durcir_une_fiche_ordinaire(tmp_path: Path) -> None:
    """Elle ne reçoit plus rien, et garde le texte livré ; les dossiers discrets n'y gagnent rien."""
    durcie = DECLARATION + "sans_dossier = true\ndiscret = true\n" + LANGUE_RESERVEE
    ecrire_fiche(tmp_path, "resume", "{{ lieu }}", toml=durcie)
    ici = fiches(tmp_path)
    plat = texte_plat(composer("resume", donnees(fiches=ici)))
    assert not {"L’Hôpital", "Tilleuls", "23/11/2026"} & set(plat.split())
    assert ecarts(tmp_path) == [
        "fiches/resume/fiche.toml : « discret » reste faux, comme dans la couche du dessous.",
        "fiches/resume/fiche.toml : son texte (fr) est mis de côté : celui d'une fiche réservée ne se remplace pas.",
    ]
    discret = donnees(document=document() | {"protection": {"discret": True}}, fiches=ici)
    with pytest.raises(ErreurUtilisateur, match="dossier discret"):
        composer("resume", discret)


def test_une_fiche_neuve_et_reservee_ne_vient_pas_d_une_structure(tmp_path: Path) -> None:
    """Chacun de ses mots serait à peser : ni texte, ni fiche."""
    ecrire_fiche(tmp_path, "carte", "Appelez le 3919", toml=RESERVEE + LANGUE_RESERVEE)
    for couche, permise in ((Couche.TERRITOIRE, False), (Couche.STRUCTURE, False), (Couche.NATIONALE, True)):
        assert ("carte" in fiches(tmp_path, couche=couche).servies) is permise
    assert "une fiche réservée ne vient que de Perron" in ecarts(tmp_path)[0]


def test_une_publication_nationale_remplace_le_texte_d_une_fiche_reservee(tmp_path: Path) -> None:
    """Elle est signée ; mais plus ancienne que celle de Perron, elle ne sert pas."""
    for jour, titre in (("11-21", "Renseignements utiles"), ("11-30", "Essai")):
        toml = (RESERVEE + "sans_dossier = true\nsecurite = true\n" + LANGUE_RESERVEE).replace("11-22", jour)
        ecrire_fiche(tmp_path, "neutre", "Bonjour", toml=toml)
        assert fiches(tmp_path, couche=Couche.NATIONALE).trouver("neutre", "fr").titre == titre


def test_un_gabarit_mal_ferme_laisse_servir_celui_du_dessous(tmp_path: Path) -> None:
    """La ligne est dite, et l'impression ne découvre rien."""
    ecrire_fiche(tmp_path, "resume", "Bonjour\n\n{% if lieu %}")
    assert fiches(tmp_path).trouver("resume", "fr") == fiches().trouver("resume", "fr")
    assert "resume/fr.md, ligne 6 : une balise" in ecarts(tmp_path)[0]
