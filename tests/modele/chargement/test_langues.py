"""Une surcouche redit le droit dans une langue, sans rien y changer ; une fautive se dit avec sa ligne."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import sources_avec

from modele.bilan import etablir
from modele.chargement import Regles, charger_regles
from modele.chargement.manques import Manque, manques
from modele.mots.phrases import mots
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.traduction import non_redit
from ressources import RESSOURCES

ICI = "metropole-exemple"
# Plus récente que toute langue livrée : une publication plus ancienne ne la remplacerait pas.
ENTETE = 'format = 1\nsource = "épreuves"\nverifie_le = 2099-01-01\netat = "redigee"\n'
SURCOUCHES = {
    "nomenclatures": '[civilite]\nmadame = "Xadame"\n',
    "faits": '[definitions]\n"demandeur.date_naissance" = "Xaissance"\n',
    "questionnaire": '[triage.danger_immediat]\ndire = "Xanger ?"\nofficiel = "Xanger"\n',
    "pieces": '[identite]\nlibelle = "Xapiers"\n',
    "contradictions": '[phrases]\nmarie-et-pacs = "Xariés."\n',
    "orientations": (
        '[sante-urgente]\nlibelle = "Xanté"\n[danger-immediat]\na_dire = {a_dire}\n'
        '[expulsion-commandement-payer.echeances]\nsix-semaines = "Xix semaines"\n'
        '[expulsion-commandement-payer.echeances_ensuite]\nsix-semaines = "Xayez"\n'
        '[expulsion-commandement-payer.echeances_apres]\nsix-semaines = "Xemandez"\n'
    ),
}


def regles(dossier: Path, **surcouches: str) -> Regles:
    """Les règles, avec ces seules surcouches, en « ka »."""
    langues = dossier / "langues"
    shutil.copytree(RESSOURCES / "langues" / "fr", langues / "fr", dirs_exist_ok=True)
    for nom, texte in surcouches.items():
        (langues / "ka").mkdir(exist_ok=True)
        (langues / "ka" / f"{nom}.toml").write_text(ENTETE + texte, encoding="utf-8")
    return charger_regles(ICI, sources_avec(dossier, langues=langues))


def _orientations() -> str:
    """Autant de phrases qu'en français."""
    danger = next(voie for voie in charger_regles(ICI).orientations if voie.id == "danger-immediat")
    phrases = ", ".join(json.dumps(f"X {phrase}", ensure_ascii=False) for phrase in danger.a_dire)
    return SURCOUCHES["orientations"].replace("{a_dire}", f"[{phrases}]")


def une(suite: Any, identifiant: str) -> Any:
    return next(un for un in suite if un.id == identifiant)


@pytest.mark.parametrize(
    ("redit", "attendu"),
    [('officiel = "Xrénoms"', ("Xrénoms", "")), ('officiel = "Xrénoms"\ncourt = "Xr."', ("Xrénoms", "Xr."))],
    ids=["sans", "avec"],
)
def test_un_nom_de_colonne_non_redit_cede_au_nom_officiel(tmp_path: Path, redit: str, attendu: tuple[str, str]) -> None:
    """Le tableau du formulaire vierge aurait gardé, en tête, le nom court français."""
    dites = regles(tmp_path, questionnaire=f"[personnes.prenoms]\n{redit}\n").en("ka")
    question = une(une(dites.questionnaire.sections, "personnes").questions, "prenoms")
    assert (question.officiel, question.court) == attendu


def test_codes_definitions_gestes_et_echeances_se_redisent(tmp_path: Path) -> None:
    francaises = regles(tmp_path, **(SURCOUCHES | {"orientations": _orientations()}))
    dites = francaises.en("ka")
    assert "ka" in francaises.langues
    assert dites.national.nomenclatures["civilite"].codes["madame"].libelle == "Xadame"
    assert dites.national.nomenclatures["civilite"].codes["monsieur"].libelle == non_redit("Monsieur")
    assert dites.catalogue["demandeur.date_naissance"].definition == "Xaissance"
    assert dites.vocabulaire.fait("demandeur.date_naissance") == "Xaissance"
    questions = [une(une(r.questionnaire.sections, "triage").questions, "danger_immediat") for r in (dites, francaises)]
    assert [question.officiel for question in questions] == ["Xanger", "Danger immédiat"]
    assert une(dites.pieces, "identite").libelle == "Xapiers"
    assert une(dites.contradictions, "marie-et-pacs").phrase == "Xariés."
    reste, avant = (une(r.contradictions, "recue-avant-naissance").phrase for r in (dites, francaises))
    assert reste == non_redit(avant)
    assert une(dites.orientations, "sante-urgente").libelle == "Xanté"
    assert une(dites.orientations, "danger-immediat").a_dire[0].startswith("X ")
    echeances = une(dites.orientations, "expulsion-commandement-payer").echeances
    redite = une(echeances, "six-semaines")
    assert (redite.libelle, redite.ensuite, redite.apres) == ("Xix semaines", "Xayez", "Xemandez")
    assert une(francaises.orientations, "sante-urgente").libelle != "Xanté"


def test_une_langue_ne_change_que_des_mots(tmp_path: Path) -> None:
    """Mêmes voies retenues, mêmes numéros, mêmes dates : seules les phrases diffèrent."""
    francaises = regles(tmp_path, **(SURCOUCHES | {"orientations": _orientations()}))
    document = {"territoire": ICI, "triage": {"danger_immediat": True, "sante_urgente": True}}
    jour = date(2026, 11, 29)
    avant, apres = (etablir(une, document, jour) for une in (francaises, francaises.en("ka")))
    assert [voie.id for voie in avant.voies] == [voie.id for voie in apres.voies]
    assert [voie.contacts for voie in avant.voies] == [voie.contacts for voie in apres.voies]
    assert apres.voies_retenues[0].a_dire != avant.voies_retenues[0].a_dire


def test_ce_qui_tient_la_place_d_un_contact_manquant_se_redit(tmp_path: Path) -> None:
    """Sans cela, une fiche étrangère dirait en français que faire quand le territoire ne dit pas un contact."""
    francaises = regles(tmp_path, contacts_locaux='[accueil-de-jour]\nlibelle = "Xour"\nen_attendant = "X 115."\n')
    avant, apres = (une.contacts["accueil-de-jour"] for une in (francaises, francaises.en("ka")))
    assert (apres.libelle, apres.quand) == ("Xour", "X 115.")
    assert (avant.libelle, avant.en_attendant) == ("Accueil de jour", apres.en_attendant)
    restent = {(un.fichier, un.cle) for un in manques(francaises, "ka")}
    assert ("langues/ka/contacts_locaux.toml", "pmi.en_attendant") in restent
    assert ("langues/ka/contacts_locaux.toml", "accueil-de-jour.en_attendant") not in restent


def test_une_langue_que_rien_ne_redit_reste_en_francais_et_se_marque(tmp_path: Path) -> None:
    """Le papier ôte la marque et le dit ; un autre français n'a rien à marquer."""
    francaises = regles(tmp_path)
    assert francaises.en("ka").pieces[0].libelle == non_redit(francaises.pieces[0].libelle)
    assert francaises.en("fr-falc").pieces == francaises.pieces
    assert francaises.en("fr") is francaises
    with pytest.raises(ErreurUtilisateur, match="volapuk"):
        francaises.en("volapuk")


@pytest.mark.parametrize(
    ("nom", "texte", "faute"),
    [
        (
            "nomenclatures",
            '[civilit]\nmadame = "x"\n',
            "ligne 5, civilit : « civilit » n'existe pas en français",
        ),
        ("nomenclatures", '[civilite]\ndame = "x"\n', "ligne 6, civilite.dame : « dame » n'existe pas"),
        ("nomenclatures", "[civilite]\nmadame = 3\n", "attendu : un texte"),
        ("faits", '[definition]\nx = "y"\n', "vouliez-vous « definitions »"),
        ("faits", '[definitions]\n"demandeur.nez" = "y"\n', "n'existe pas en français"),
        ("pieces", '[identite]\nlibele = "x"\n', "vouliez-vous « libelle »"),
        ("contacts_locaux", '[accueil-de-jour]\nen_attendant = "Au 116."\n', "il manque 115"),
        ("contacts_locaux", '[accueil-de-jour]\nappeler = ["17"]\n', "« appeler » n'existe pas"),
        ("questionnaire", '[triag.x]\ndire = "x"\n', "vouliez-vous « triage »"),
        ("questionnaire", '[triage.danger]\ndire = "x"\n', "« danger » n'existe pas en français"),
        ("questionnaire", '[triage.danger_immediat]\nsi = "toujours"\n', "danger_immediat.si : « si » n'existe pas"),
        ("orientations", '[danger-immediat]\ngestes = ["un seul"]\n', "cette langue 1 : redites-les tous"),
        ("orientations", '[danger-immediat]\nsi = "toujours"\n', "danger-immediat.si : clé inconnue"),
        ("orientations", '[danger-immediat]\ncontacts = ["15"]\n', "danger-immediat.contacts : clé inconnue"),
        ("orientations", '[danger-immediat.echeances]\nx = "y"\n', "« x » n'existe pas en français"),
    ],
)
def test_une_surcouche_fautive_se_dit_avec_sa_ligne(tmp_path: Path, nom: str, texte: str, faute: str) -> None:
    """Elle ne peut ni perdre un geste, ni toucher à une condition ou à un numéro."""
    with pytest.raises(FichierFautif) as levee:
        regles(tmp_path, **{nom: texte}).en("ka")
    assert faute in str(levee.value)


def test_une_surcouche_dit_d_ou_viennent_ses_mots(tmp_path: Path) -> None:
    langues = tmp_path / "langues"
    (langues / "ka").mkdir(parents=True)
    (langues / "ka" / "faits.toml").write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(FichierFautif, match="source : cette clé manque"):
        charger_regles(ICI, sources_avec(tmp_path, langues=langues)).en("ka")


def test_une_surcouche_publiee_fautive_laisse_celle_livree(racine: Path) -> None:
    """Reçue d'une publication nationale signée ; d'un territoire, elle n'entre pas."""
    from outils_paquets import CLE, paquet, sources

    bonne, fautive = (ENTETE + texte for texte in ('[civilite]\nmadame = "Xadame"\n', '[civilite]\ndame = "x"\n'))
    tue = charger_regles(ICI).en("ka").national.nomenclatures["civilite"].codes["madame"].libelle
    assert tue not in {"Madame", "Xadame"}
    for texte, signe_par, redit in ((bonne, CLE, "Xadame"), (fautive, CLE, tue), (bonne, b"", tue)):
        recue = paquet("langue.ka", {"nomenclatures.toml": texte}, signe_par=signe_par)
        lues = charger_regles(ICI, sources(racine, [recue]))
        assert lues.en("ka").national.nomenclatures["civilite"].codes["madame"].libelle == redit
        assert len(lues.ecarts) == (redit == tue)


TERRITOIRE = """
[grilles.exemple-2026-primo]
libelle = "Xrille"
[grilles.exemple-2026-primo.criteres]
parent-isole = "Xarent"
[references]
Exemple = "Xemple"
[faits."local.accompagnement"]
question = "Xuestion ?"
libelles = ["Xucun", "Xocial", "Xenforcé"]
[contacts.adil]
libelle = "XDIL"
[lieux.mairie-port-clair]
horaires = "xercredi, 14 h à 17 h"
"""


def local(dossier: Path, texte: str) -> Regles:
    """Les règles, avec ce que le territoire d'exemple redit en « ka »."""
    territoires = dossier / "territoires"
    shutil.copytree(RESSOURCES / "territoires", territoires)
    (territoires / ICI / "langues" / "ka.toml").write_text(ENTETE + texte, encoding="utf-8")
    return charger_regles(ICI, sources_avec(dossier, territoires=territoires))


def test_un_territoire_redit_sa_grille_ses_questions_et_ses_numeros(tmp_path: Path) -> None:
    """Les mêmes points : une langue ne change que des mots."""
    francaises = local(tmp_path, TERRITOIRE)
    dites = francaises.en("ka")
    grille, avant = une(dites.grilles, "exemple-2026-primo"), une(francaises.grilles, "exemple-2026-primo")
    criteres = {un.id: un for rubrique in grille.rubriques for un in rubrique.criteres}
    assert (grille.libelle, criteres["parent-isole"].libelle) == ("Xrille", "Xarent")
    assert criteres["enfants-mineurs"].reference == "Xemple"
    assert [r.bornes for r in grille.rubriques] == [r.bornes for r in avant.rubriques]
    fait = next(un for un in dites.locaux if un.nom == "local.accompagnement")
    assert (fait.question, fait.libelles) == ("Xuestion ?", ("Xucun", "Xocial", "Xenforcé"))
    locales = une(dites.questionnaire.sections, "local").questions
    assert "Xuestion ?" in {question.libelle for question in locales}
    assert dites.contacts["adil"].libelle.startswith("XDIL (")
    assert une(dites.territoire.lieux, "mairie-port-clair").horaires == "xercredi, 14 h à 17 h"
    assert dites.contacts["adil"].numero == francaises.contacts["adil"].numero


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("[grilles.exemple-2027]\n", "n'existe pas en français"),
        ('[grilles.exemple-2026-primo]\npoints = "x"\n', "points : clé inconnue"),
        ('[faits."local.accompagnement"]\nlibelles = ["x"]\n', "le français en a 3, cette langue 1"),
        ('[contacts.adil]\nnumero = "x"\n', "« numero » n'existe pas en français"),
        ('[lieux.mairie-port-clair]\nhoraires = "14 h à 18 h"\n', "il manque 17, 18 en trop"),
    ],
    ids=["grille", "points", "codes", "numéro", "horaires"],
)
def test_un_territoire_ne_redit_que_des_mots(tmp_path: Path, texte: str, faute: str) -> None:
    with pytest.raises(FichierFautif) as levee:
        local(tmp_path, texte).en("ka")
    assert faute in str(levee.value)


def test_un_numero_faux_dans_une_surcouche_se_refuse(tmp_path: Path) -> None:
    fausse = '[attestation-sans-abri]\nnote = "Call 116."\n'
    with pytest.raises(FichierFautif, match="il manque 115, 116 en trop"):
        regles(tmp_path, pieces=fausse).en("ka")


def test_ce_qui_manque_se_compte_et_diminue(tmp_path: Path) -> None:
    """La liste d'un traducteur : fichier, clé, français ; ce qu'un papier ne porte pas n'y est qu'à la demande."""
    lues = regles(tmp_path, nomenclatures=SURCOUCHES["nomenclatures"])
    restent = manques(lues, "ka")
    assert Manque("langues/ka/nomenclatures.toml", "civilite.monsieur", "Monsieur") in restent
    assert not any(un.cle == "civilite.madame" for un in restent)
    assert len(manques(lues, "ka", tout=True)) > len(restent)
    assert manques(lues, "fr") == ()
    assert manques(lues, "fr-falc")  # un autre français manque comme les autres, sauf ce qu'il déclare déjà simple


def test_un_numero_fictif_le_dit_dans_sa_langue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Partout où il paraît ; une langue qui ne sait pas le dire le dit en français, et le papier le signale."""
    francaises = charger_regles(ICI)
    assert francaises.contacts["adil"].libelle.endswith(" (numéro fictif)")
    assert francaises.en("es").contacts["adil"].libelle.endswith(" (número ficticio)")
    assert not francaises.contacts["115"].libelle.endswith("fictif)")
    monkeypatch.setattr(mots("es"), "tables", {})
    neuves = replace(francaises)  # des règles déjà dites se gardent ; celles-ci se redisent
    assert neuves.en("es").contacts["adil"].libelle.endswith(non_redit(" (numéro fictif)"))
