"""Un genre est un fichier : ses champs, ses atomes, sa garde, ses droits ; chaque faute se dit à sa ligne."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modele.dossier.inventaire import Genre as Contenu
from modele.droits import Action
from modele.genres import Genres, charger_genres, decoupe
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

ROLES = 'format = 1\n[[role]]\nid = "agent"\nnom = "Agent"\ndefinition = "Reçoit."\n'
VISITE = """format = 1
id = "visite"
nom = "Visite"
definition = "Une visite à domicile."

[garde]
definition = "Un an après la visite."
[[garde.borne]]
mois = 12
depuis = "la visite"
source = "Règlement de la structure"
confiance = "M"
verifie_le = 2026-11-29

[[champ]]
chemin = "ou.voie"
type = "texte"
definition = "Voie"
atome = "adresse"

[[champ]]
chemin = "ou.commune"
type = "texte"
definition = "Commune"
atome = "adresse"

[[champ]]
chemin = "faite"
type = "booleen"
definition = "La visite est faite"

[[liste]]
chemin = "constats"
prefixe = "constat"
[[liste.champ]]
chemin = "quoi"
type = "texte"
definition = "Ce qui est constaté"
atome = "constat"
[[liste.champ]]
chemin = "gravite"
type = "entier"
definition = "De 1 à 5"
atome = "constat"

[[droit]]
roles = ["agent"]
actions = ["creer", "modifier", "lire"]
perimetre = "lieu"
"""


def _charger(tmp_path: Path, texte: str, nom: str = "visite") -> Genres:
    (tmp_path / "genres").mkdir(exist_ok=True)
    (tmp_path / "genres" / f"{nom}.toml").write_text(texte, encoding="utf-8")
    (tmp_path / "droits.toml").write_text(ROLES, encoding="utf-8")
    return charger_genres(tmp_path / "genres", tmp_path / "droits.toml")


def test_un_fichier_fait_un_genre(tmp_path: Path) -> None:
    """Ses champs et ses listes s'assemblent comme ceux d'un dossier, ses droits entrent dans la table."""
    genres = _charger(tmp_path, VISITE)
    visite = genres.du("visite")
    assert (visite.nom, visite.rattache, visite.personnes, visite.mur) == ("Visite", "", False, False)
    assert {champ.genre for champ in visite.inventaire.champs.values()} == {Contenu.TEXTE, Contenu.BOOLEEN}
    assert visite.inventaire.groupes == {"ou"}
    assert visite.decoupe.unite("ou.voie") == "ou#adresse"
    assert visite.decoupe.feuilles("ou#adresse") == ("ou.voie", "ou.commune")
    assert visite.decoupe.unite("constats.elements.c1.gravite") == "constats.elements.c1#constat"
    assert visite.decoupe.listes == ("constats",)
    assert visite.garde.bornes[0].mois == 12
    assert genres.droits.permet(["agent"], "visite", Action.CREER)


def test_un_genre_inconnu_ne_permet_rien_et_chaque_champ_y_est_seul(tmp_path: Path) -> None:
    """Venu d'une version plus récente, il se garde sans se comprendre."""
    inconnu = _charger(tmp_path, VISITE).du("seance")
    assert (inconnu.decoupe.unite("ou.voie"), inconnu.decoupe.listes, inconnu.rattache) == ("ou.voie", (), "")
    assert not _charger(tmp_path, VISITE).droits.permet(["agent"], "seance", Action.CREER)
    assert decoupe("seance").unite("demandeur.nom") == "demandeur.nom"


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        ('id = "visite"', 'id = "visites"', "ligne 2, id : attendu : le nom du fichier, « visite »"),
        ("format = 1", "format = 2", "ligne 1, format : ce format est inconnu"),
        ('nom = "Visite"', "", "nom : cette clé manque"),
        ('[garde]\ndefinition = "Un an après la visite."\n', "", "garde.definition : cette clé manque"),
        ("mois = 12", "mois = 0", "ligne 9, garde.borne[1].mois : attendu : un nombre de mois"),
        ('confiance = "M"', 'confiance = "X"', "ligne 12, garde.borne[1].confiance"),
        ('chemin = "faite"', 'chemin = "Faite"', "ligne 28, champ[3].chemin : attendu : des mots en minuscules"),
        ('chemin = "faite"', 'chemin = "schema"', "« schema » est à l'objet lui-même"),
        ('chemin = "faite"', 'chemin = "ou.voie"', "champ[3].chemin : l'identifiant « ou.voie » est employé deux fois"),
        ('chemin = "faite"', 'chemin = "ou"', "« ou » est un champ : un autre chemin ne peut pas passer par lui"),
        ('type = "booleen"', 'type = "oui_non"', "ligne 29, champ[3].type : « oui_non »"),
        ('type = "booleen"', 'type = "choix"', "champ[3].nomenclature : cette clé manque"),
        ('type = "booleen"', 'type = "choix"\nnomenclature = "lien"\nforme = "zig"', "champ[3].forme : « zig »"),
        ('chemin = "constats"', 'chemin = "Constats"', "ligne 33, liste[1].chemin : attendu"),
        ('nom = "Visite"', 'nom = "Visite"\nefface = true', "efface : n'efface qu'un genre rattaché à un dossier"),
        ('nom = "Visite"', 'nom = "Visite"\necarte = true', "ecarte : n'écarte qu'un genre rattaché à un dossier"),
        ('nom = "Visite"', 'nom = "Visite"\nadresse = "demande"', "adresse : attendu : le chemin d'un champ"),
        ('nom = "Visite"', 'nom = "Visite"\nreprise = "faite"', "reprise : attendu : le chemin d'un champ"),
        ('nom = "Visite"', 'nom = "Visite"\nrattache = "faite"', "rattache : attendu : le chemin d'un champ de texte"),
        (
            'nom = "Visite"',
            'nom = "Visite"\nrattache = "demande"',
            "rattache : attendu : le chemin d'un champ de texte",
        ),
        ('nom = "Visite"', 'nom = "Visite"\ncouleur = "bleu"', "ligne 4, couleur"),
        ('roles = ["agent"]', 'roles = ["maire"]', "droit[1].roles : « maire »"),
    ],
)
def test_chaque_faute_se_dit_a_sa_ligne(tmp_path: Path, avant: str, apres: str, attendu: str) -> None:
    """Un genre fautif ne se charge pas : la clé, la ligne, ce qui est attendu."""
    assert VISITE.count(avant) == 1
    with pytest.raises(FichierFautif) as leve:
        _charger(tmp_path, VISITE.replace(avant, apres))
    assert attendu in str(leve.value)


def test_un_genre_dit_combien_de_temps_il_se_garde(tmp_path: Path) -> None:
    """Ni garde, ni borne, ni dossier dont suivre le sort : rien ne dirait quand l'effacer."""
    garde = VISITE[VISITE.index("[garde]") : VISITE.index("[[champ]]")]
    with pytest.raises(FichierFautif, match="garde : cette clé manque"):
        _charger(tmp_path, VISITE.replace(garde, ""))
    with pytest.raises(FichierFautif, match="dites au moins une durée"):
        _charger(tmp_path, VISITE.replace(garde, '[garde]\ndefinition = "Un an."\n'))


def test_ce_qui_n_est_de_personne_se_garde_tant_qu_il_sert(tmp_path: Path) -> None:
    """Sans borne ; mais jamais ce qui cherche, protège ou suit une personne."""
    garde = VISITE[VISITE.index("[garde]") : VISITE.index("[[champ]]")]
    libre = '[garde]\ndefinition = "Tant qu\'il sert."\ntant_qu_il_sert = true\n\n'
    genre = _charger(tmp_path, VISITE.replace(garde, libre)).du("visite")
    assert (genre.garde.tant_qu_il_sert, genre.garde.bornes) == (True, ())
    for drapeau in ("personnes", "mur"):
        fautif = VISITE.replace(garde, libre).replace('nom = "Visite"', f'nom = "Visite"\n{drapeau} = true')
        with pytest.raises(FichierFautif, match="garde : ce qui est d'une personne ne se garde pas tant qu'il sert"):
            _charger(tmp_path, fautif)


def test_une_duree_que_nul_texte_ne_dit_est_a_fixer(tmp_path: Path) -> None:
    """Sans borne inventée ; mais une durée déjà dite, ou une personne, ne la laisse pas à fixer."""
    garde = VISITE[VISITE.index("[garde]") : VISITE.index("[[champ]]")]
    libre = '[garde]\ndefinition = "À fixer par la collectivité."\na_fixer = true\n\n'
    genre = _charger(tmp_path, VISITE.replace(garde, libre)).du("visite")
    assert (genre.garde.a_fixer, genre.garde.bornes) == (True, ())
    with pytest.raises(FichierFautif, match="une durée est déjà dite"):
        _charger(tmp_path, VISITE.replace(garde, libre.replace("a_fixer", "tant_qu_il_sert = true\na_fixer")))
    with pytest.raises(FichierFautif, match="ce qui est d'une personne"):
        _charger(tmp_path, VISITE.replace(garde, libre).replace('nom = "Visite"', 'nom = "Visite"\nmur = true'))


def test_deux_listes_ne_portent_pas_le_meme_nom(tmp_path: Path) -> None:
    """La seconde est la faute."""
    liste = VISITE[VISITE.index("[[liste]]") : VISITE.index("[[droit]]")]
    with pytest.raises(FichierFautif, match=r"liste\[2\]\.chemin : .*« constats » est employé deux fois"):
        _charger(tmp_path, VISITE.replace(liste, liste + liste))


def test_le_premier_fichier_fautif_rend_toutes_ses_fautes(tmp_path: Path) -> None:
    """Elles se corrigent d'un coup."""
    with pytest.raises(FichierFautif) as leve:
        _charger(tmp_path, VISITE.replace('nom = "Visite"', "").replace("mois = 12", "mois = 0"))
    assert len(leve.value.fautes) == 2


@pytest.mark.parametrize(
    ("cle", "phrase"),
    [
        ('definitif = "absent"', "definitif : attendu : le chemin d'un champ de ce genre"),
        ('depuis = "absent"', "depuis : attendu : le chemin d'un champ de ce genre"),
        ('siegent = "absents.compte"', "siegent : attendu : « liste.champ » de ce genre"),
    ],
)
def test_ce_qui_fige_un_objet_et_qui_y_siege_se_verifie(tmp_path: Path, cle: str, phrase: str) -> None:
    livre = (RESSOURCES / "national" / "genres" / "lot_attributions.toml").read_text("utf-8")
    (tmp_path / "lot_attributions.toml").write_text(livre.replace("format = 1\n", f"format = 1\n{cle}\n", 1), "utf-8")
    with pytest.raises(FichierFautif, match=re.escape(phrase)):
        charger_genres(tmp_path, RESSOURCES / "national" / "droits.toml")
