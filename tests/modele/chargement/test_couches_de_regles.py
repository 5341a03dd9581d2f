"""Ce qu'une couche peut changer aux règles chargées, ce qu'elle ne peut pas, et chaque mutant qui le permettrait."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outils_paquets import livre, modifie, national, paquet, sources

from modele.chargement import Regles, charger_regles, faits_gardes
from modele.orientation.resultat import Urgence
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from ressources import RESSOURCES

ICI = "metropole-exemple"
# La fin d'une voie discrète qu'aucune autre ne remplace : la changer ne déplace qu'elle.
EXPOSE = 'source = "CP et CASF (Légifrance) ; https://www.senat.fr/rap/r19-304/r19-3043.html"\n'


def publiees(racine: Path, **fichiers: str) -> Regles:
    """Les règles d'un poste qui a reçu ce droit, signé par le pays (``orientations`` pour ``orientations.toml``)."""
    return charger_regles(ICI, sources(racine, [national({f"{nom}.toml": texte for nom, texte in fichiers.items()})]))


def change(fichier: str, avant: str, apres: str, *, fois: int = 1) -> str:
    """Le fichier national livré, où ``avant`` devient ``apres`` ; vérifié depuis."""
    texte = livre(f"national/{fichier}.toml")
    assert avant in texte
    return texte.replace(avant, apres, fois).replace("2026-11-22", "2026-12-01")


def sans_table(fichier: str, cle: str, contenu: str) -> str:
    """Le fichier national livré, moins la table ``[[cle]]`` qui porte cette ligne."""
    blocs = re.split(rf"(?m)^(?=\[\[{re.escape(cle)}\]\])", livre(f"national/{fichier}.toml"))
    gardes = [bloc for bloc in blocs if f"\n{contenu}\n" not in bloc]
    assert len(gardes) == len(blocs) - 1
    return "".join(gardes)


def dits(regles: Regles) -> str:
    """Ce qui a été mis de côté."""
    return "\n".join(map(str, regles.ecarts))


# Ce qui passe.


def test_sans_rien_de_recu_rien_n_est_mis_de_cote() -> None:
    assert charger_regles(ICI).ecarts == ()


def test_une_publication_nationale_signee_change_le_droit(racine: Path) -> None:
    """Un geste récrit d'une voie immédiate sert : ses phrases peuvent changer, pas elle."""
    regles = publiees(racine, orientations=change("orientations", "Restez avec la personne", "Ne la quittez pas,"))
    assert regles.ecarts == ()
    assert any("Ne la quittez pas" in geste for voie in regles.orientations for geste in voie.gestes)


def test_le_meme_droit_sans_signature_nationale_ne_sert_pas(racine: Path) -> None:
    texte = change("orientations", "Restez avec la personne", "Ne la quittez pas,")
    regles = charger_regles(ICI, sources(racine, [paquet("national.essai", {"orientations.toml": texte})]))
    assert "le droit ne vient que de Perron ou d'une publication nationale signée" in dits(regles)
    assert not any("Ne la quittez pas" in geste for voie in regles.orientations for geste in voie.gestes)


def test_une_nomenclature_publiee_change_des_mots(racine: Path) -> None:
    regles = publiees(racine, nomenclatures=change("nomenclatures", 'libelle = "Madame"', 'libelle = "Mme"'))
    assert regles.ecarts == ()
    assert regles.national.nomenclatures["civilite"].codes["madame"].libelle == "Mme"
    assert regles.vocabulaire.nomenclatures is regles.national.nomenclatures


def test_une_structure_ajoute_contacts_et_lieux() -> None:
    contact = 'format = 1\n[[contact]]\nid = "ccas"\nlibelle = "CCAS"\nnumero = "05 36 49 00 01"\nfictif = true\n'
    lieu = 'format = 1\n[[lieu]]\nid = "annexe"\nnom = "Annexe"\ngenre = "CCAS"\nfictif = true\n'
    ici = [modifie("contacts", ICI, "contacts.toml", contact), modifie("lieux", ICI, "lieux.toml", lieu)]
    regles = charger_regles(ICI, sources(surcharges=ici))
    assert regles.ecarts == ()
    assert {"ccas", "siao", "17"} <= set(regles.contacts)
    assert {"annexe", *(un.id for un in charger_regles(ICI).territoire.lieux)} == {
        un.id for un in regles.territoire.lieux
    }


REFUGE = (
    'format = 1\n[[lieu]]\nid = "refuge"\nnom = "Refuge"\ngenre = "x"\nsource = "s"\nverifie_le = 2026-11-30\n'
    "adresse_confidentielle = true\n"
)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (f'{REFUGE}adresse = "1, rue du Secret"\n', "gardez le téléphone seul"),
        (f'{REFUGE}horaires = "au 1, rue du Secret"\n', "ressemble à une adresse"),
        (REFUGE.replace('source = "s"\n', ""), "source : cette clé manque"),
        (f'{REFUGE}ouvert = ["lundi 09:00-12:00 11:00-13:00"]\n', "se chevauchent"),
        (f'{REFUGE}besoins = ["papier"]\n', "vouliez-vous « papiers »"),
    ],
    ids=["adresse", "ailleurs", "source", "heures", "besoin"],
)
def test_un_lieu_fautif_d_une_couche_est_ecarte_et_ne_se_redit_pas(texte: str, phrase: str) -> None:
    """Ce qui est livré sert ; la faute dit sa ligne, jamais l'adresse."""
    regles = charger_regles(ICI, sources(surcharges=[modifie("lieux", ICI, "lieux.toml", texte)]))
    assert phrase in dits(regles)
    assert "Secret" not in dits(regles)
    assert [un.id for un in regles.territoire.lieux] == [un.id for un in charger_regles(ICI).territoire.lieux]
    juste = charger_regles(ICI, sources(surcharges=[modifie("lieux", ICI, "lieux.toml", REFUGE)]))
    assert juste.territoire.lieux[-1].id == "refuge"


def test_une_structure_recrit_le_texte_d_une_fiche_ordinaire_et_revient_a_l_original() -> None:
    texte = '+++\ntitre = "Votre résumé"\n+++\nBonjour\n'
    recrites = charger_regles(ICI, sources(surcharges=[modifie("fiche", "resume", "fr.md", texte)]))
    assert recrites.fiches.trouver("resume", "fr").titre == "Votre résumé"
    assert recrites.ecarts == ()
    assert charger_regles(ICI, sources()).fiches.trouver("resume", "fr").titre == "Résumé de votre demande"


# Un territoire publié.

IDENTITE = """format = 1
[territoire]
id = "mon-ccas"
nom = "Mon CCAS"
departements = ["35"]
[systeme]
nom = "le portail"
"""
COMMUNES = "code_insee,nom,codes_postaux,departement,region,nom_epci\n35238,Rennes,35000|35200,35,53,Mon CCAS\n"


def test_un_territoire_publie_s_ouvre_comme_un_territoire_livre() -> None:
    """Ni Python, ni poste à réinstaller : identité, communes, fiche ; le droit national vaut comme ailleurs."""
    toml = (
        'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
    )
    fichiers = {
        "territoire.toml": IDENTITE,
        "communes.csv": COMMUNES,
        "fiches/accueil/fiche.toml": toml,
        "fiches/accueil/fr.md": '+++\ntitre = "Nous trouver"\n+++\nBonjour\n',
    }
    recues = sources(recus=[paquet("territoire.mon-ccas", fichiers)])
    regles = charger_regles("mon-ccas", recues)
    assert (regles.territoire.nom, regles.ecarts, regles.grilles) == ("Mon CCAS", (), ())
    assert regles.communes.get("35238").nom == "Rennes"  # type: ignore[union-attr]
    assert regles.fiches.trouver("accueil", "fr").titre == "Nous trouver"
    assert len(regles.orientations) == len(charger_regles(ICI).orientations)
    with pytest.raises(ErreurUtilisateur, match="mon-ccas"):
        charger_regles("mon-ccas")
    with pytest.raises(ErreurUtilisateur, match="n’existe pas"):
        charger_regles(ICI, recues).fiches.trouver("accueil", "fr")


def test_un_territoire_publie_fautif_se_dit_et_laisse_les_autres() -> None:
    recues = sources(recus=[paquet("territoire.mon-ccas", {"territoire.toml": IDENTITE.replace("nom =", "nm =")})])
    with pytest.raises(FichierFautif, match=r"mon-ccas/territoire\.toml, ligne 4, territoire\.nm"):
        charger_regles("mon-ccas", recues)
    assert charger_regles(ICI, recues).territoire.id == ICI


def test_une_grille_publiee_fautive_laisse_servir_la_grille_livree() -> None:
    nom = "grilles/2026-mutations.toml"
    texte = livre(f"territoires/{ICI}/{nom}")
    recue = paquet(f"territoire.{ICI}", {nom: texte.replace('cumul = "somme"', 'cumul = "lune"', 1)})
    regles = charger_regles(ICI, sources(recus=[recue]))
    assert len(regles.grilles) == 2
    assert regles.grilles_fautives == ()
    assert "« lune » n'est pas permis" in dits(regles)


# Ce qui ne passe pas : le fichier est mis de côté, ce qui est livré sert.


def voie_immediate(regles: Regles, identifiant: str = "danger-immediat") -> Any:
    return next((voie for voie in regles.orientations if voie.id == identifiant), None)


DANGER = 'champ = "triage.danger_immediat"\n'
REFUS: dict[str, tuple[str, Callable[[], str], str]] = {
    "efface une voie immédiate": (
        "orientations", lambda: sans_table("orientations", "orientation", 'id = "danger-immediat"'),
        "la voie immédiate « danger-immediat » manque ; elle ne s'efface pas",
    ),
    "change son déclencheur": (
        "orientations", lambda: change("orientations", '"triage.danger_immediat"', '"triage.peur_au_domicile"'),
        "voie immédiate « danger-immediat » : son déclencheur ne change pas",
    ),
    "baisse son urgence": (
        "orientations", lambda: change("orientations", 'urgence = "immediate"', 'urgence = "jour"'),
        "son urgence ne change pas",
    ),
    "lui retire un numéro": (
        "orientations", lambda: change("orientations", '"17", "112", "114", "15", "18", "119"', '"17", "112"'),
        "« 114 » ne s'en retire pas",
    ),
    "la masque sous une autre": (
        "orientations",
        lambda: change("orientations", 'id = "sans-abri"\n', 'id = "sans-abri"\nremplace = ["danger-immediat"]\n'),
        "rien de neuf ne la remplace",
    ),
    "ne reprend plus le numéro de celle qu'elle remplace": (
        "orientations",
        lambda: change("orientations", 'remplace = ["sans-abri"]', 'remplace = ["sans-abri"]\nreprend = false'),
        "ce qu'elle reprend des voies remplacées ne change pas",
    ),
    "change quand elle en remplace une autre": (
        "orientations",
        lambda: change(
            "orientations", 'remplace = ["sans-abri"]', 'remplace = ["sans-abri"]\nremplace_si = { fait = "en_treve" }'
        ),
        "la condition de ce qu'elle remplace ne change pas",
    ),
    "ne ferme plus la fiche qui mènerait ailleurs": (
        "orientations", lambda: change("orientations", 'ferme = ["115"]\n', ""),
        "les fiches qu'elle ferme ne changent pas",
    ),
    "referme l'exception": (
        "orientations", lambda: change("orientations", ', { fait = "triage.dit_majeur" }] }\nreprend', '] }\nreprend'),
        "la condition de ce qu'elle remplace ne change pas",
    ),
    "lève sa discrétion": (
        "orientations", lambda: change("orientations", f"{EXPOSE}discret = true\n", f"{EXPOSE}discret = false\n"),
        "sa discrétion ne change pas",
    ),
    "ajoute une voie que le mur ne connaît pas": (
        "orientations", lambda: change("orientations", 'id = "separation"\n', 'id = "separation"\ndiscret = true\n'),
        "ce qui dit une violence ne change qu'avec la version de Perron",
    ),
    "ajoute une pièce que le mur ne connaît pas": (
        "pieces", lambda: change("pieces", 'famille = "identité"', 'famille = "protection"'),
        "identite : ce qui dit une violence ne change",
    ),
    "efface un numéro d'urgence": (
        "contacts", lambda: sans_table("contacts", "contact", 'id = "18"'),
        "18 : ce numéro d'urgence ne s'efface ni ne change",
    ),
    "change un numéro d'urgence": (
        "contacts", lambda: change("contacts", 'numero = "3919"', 'numero = "3920"'),
        "3919 : ce numéro d'urgence ne s'efface ni ne change",
    ),
    "retire la question qui déclenche": (
        "questionnaire",
        lambda: sans_table("questionnaire", "section.question", 'champ = "triage.danger_immediat"'),
        "triage.danger_immediat : cette question déclenche une voie immédiate ; elle ne se retire pas",
    ),
    "cache la question qui déclenche": (
        "questionnaire",
        lambda: change("questionnaire", DANGER, DANGER + 'si = { fait = "triage.sante_urgente" }\n'),
        "triage.danger_immediat : cette question déclenche une voie immédiate ; elle ne se cache pas",
    ),
    "retire la réponse qui déclenche": (
        "questionnaire",
        lambda: change("questionnaire", 'code = "sans_abri"', 'code = "squat"'),
        "« sans_abri » déclenche peut-être une voie immédiate ; cette réponse ne se retire pas",
    ),
    "retire un code d'un groupe": (
        "groupes", lambda: change("groupes", '"sans_abri", "squat"', '"squat"'),
        "« sans_abri » ne se retire pas de ce groupe",
    ),
    "change les codes d'une nomenclature": (
        "nomenclatures", lambda: change("nomenclatures", 'code = "passeport_monegasque"', 'code = "passeport_monaco"'),
        "titre_sejour : ses codes, et ce qui dit une violence, ne changent",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fichier", "ecrire", "phrase"), REFUS.values(), ids=REFUS)
def test_meme_signee_une_couche_ne_peut_pas(racine: Path, fichier: str, ecrire: Callable[[], str], phrase: str) -> None:
    """Le fichier est refusé, la faute dite, et tout ce qui est livré sert."""
    regles = publiees(racine, **{fichier: ecrire()})
    assert phrase in dits(regles)
    assert {ecart.chemin for ecart in regles.ecarts} == {f"national/{fichier}.toml"}
    assert voie_immediate(regles).urgence is Urgence.IMMEDIATE
    assert set(voie_immediate(regles).contacts) >= {"17", "112", "114", "15", "18", "119"}
    assert regles.contacts["115"].numero == "115"


def test_un_numero_national_ne_se_masque_pas_d_une_structure() -> None:
    """Il est mis de côté et montré ; les autres contacts du même fichier servent."""
    texte = (
        'format = 1\n[[contact]]\nid = "115"\nlibelle = "Astreinte"\nnumero = "05"\nfictif = true\n'
        '[[contact]]\nid = "adil"\nlibelle = "La nôtre"\nnumero = "06"\nfictif = true\n'
    )
    regles = charger_regles(ICI, sources(surcharges=[modifie("contacts", ICI, "contacts.toml", texte)]))
    assert regles.contacts["115"].numero == "115"
    assert regles.contacts["adil"].numero == "06"
    assert "« 115 » est un numéro national : il ne se remplace pas" in dits(regles)


def test_un_droit_publie_qui_ne_va_pas_avec_le_reste_ne_sert_pas_du_tout(racine: Path) -> None:
    """Un paramètre d'un autre type rendrait fautif ce qui est livré : toute la publication nationale est laissée."""
    delai = 'id = "delai_anormalement_long_mois"\ntype = '
    autre = change("parametres", f'{delai}"entier"', f'{delai}"decimal"')
    geste = change("orientations", "Restez avec la personne", "Ne la quittez pas,")
    regles = publiees(racine, parametres=autre, orientations=geste)
    assert not any("Ne la quittez pas" in un for voie in regles.orientations for un in voie.gestes)
    assert [ecart.chemin for ecart in regles.ecarts] == ["national/orientations.toml", "national/parametres.toml"]
    assert all("ne va pas avec le reste" in ecart.message for ecart in regles.ecarts)


def test_ce_qui_est_livre_et_fautif_reste_une_faute(tmp_path: Path) -> None:
    """Rien à laisser de côté : la faute sort, avec sa ligne, couches ou non."""
    from outils_sources import sources_avec

    (tmp_path / "t").mkdir()
    shutil.copytree(RESSOURCES / "territoires" / ICI, tmp_path / "t" / ICI)
    (tmp_path / "t" / ICI / "parametres.toml").write_text("faux", encoding="utf-8")
    livrees = sources_avec(tmp_path, territoires=tmp_path / "t")
    recues = sources(livrees.racine, [paquet("fiche.x", {"fr.md": "x"})], [modifie("lieux", ICI, "lieux.toml", "")])
    for une in (livrees, recues):
        with pytest.raises(FichierFautif, match=r"parametres\.toml, ligne 1"):
            charger_regles(ICI, une)


def test_un_fait_dont_depend_une_voie_immediate_ne_change_pas(racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sa condition changerait le déclencheur sans toucher à la voie : toute la publication est laissée."""
    lus = sorted(set(faits_gardes._lus(charger_regles(ICI).orientations, charger_regles(ICI).national.derives)))
    ecrits = faits_gardes._conditions(RESSOURCES / "national/faits.toml")
    garde = next(nom for nom in lus if nom in ecrits)
    texte = livre("national/faits.toml")
    debut = texte.index(f'id = "{garde}"')
    condition = texte.index("\nsi = ", debut)
    fin = texte.index("\n\n", condition + 1)
    attaque = f'{texte[:condition]}\nsi = {{ fait = "foyer.avec_codemandeur" }}{texte[fin:]}'.replace("11-22", "12-01")
    regles = publiees(racine, faits=attaque)
    assert f"{garde} : une voie immédiate en dépend : sa condition ne change pas" in dits(regles)
    assert regles.national.derives[garde].entrees == charger_regles(ICI).national.derives[garde].entrees
    monkeypatch.setattr("modele.chargement.regles.exiger_les_faits", lambda *_: None)
    passees = publiees(racine, faits=attaque)
    assert passees.national.derives[garde].entrees == ("foyer.avec_codemandeur",)


def test_ce_que_le_texte_laisse_ouvert_ne_se_ferme_pas(racine: Path) -> None:
    """Sans sa condition « à établir », un enfant en droit de visite ferait taire la voie « avec un enfant »."""
    texte = livre("national/faits.toml")
    debut = texte.index('\na_etablir_si = { une_personne = { role = "autre"')
    attaque = texte[:debut] + texte[texte.index("\n\n", debut) :]
    phrase = "mineur_a_charge : une voie immédiate en dépend : sa condition ne change pas"
    assert phrase in dits(publiees(racine, faits=attaque.replace("11-22", "12-01")))


def test_un_fait_de_plus_se_publie(racine: Path) -> None:
    """Une question du droit de demain se combine en données, sans nouvelle version."""
    neuf = (
        '\n[[fait_derive]]\nid = "essai_publie"\ntype = "booleen"\ndefinition = "Essai"\nfondement = "x"\n'
        'source = "x"\nconfiance = "D"\nverifie_le = 2026-12-01\nsi = { fait = "foyer.avec_codemandeur" }\n'
    )
    regles = publiees(racine, faits=livre("national/faits.toml") + neuf)
    assert regles.ecarts == ()
    assert regles.catalogue["essai_publie"].champs == ("foyer.avec_codemandeur",)


MUTANTS = {
    "les voies immédiates ne sont plus gardées": (
        "modele.chargement.regles.exiger_les_voies", "efface une voie immédiate",
        lambda regles: voie_immediate(regles) is None,
    ),
    "les numéros d'urgence ne sont plus gardés": (
        "modele.chargement.national.exiger_les_urgences", "efface un numéro d'urgence",
        lambda regles: "18" not in regles.contacts,
    ),
    "les questions ne sont plus gardées": (
        "modele.chargement.regles.exiger_les_questions", "retire la question qui déclenche",
        lambda regles: not any(
            q.champ == "triage.danger_immediat" for s in regles.questionnaire.sections for q in s.questions
        ),
    ),
    "les groupes ne sont plus gardés": (
        "modele.chargement.national.exiger_les_groupes", "retire un code d'un groupe",
        lambda regles: "sans_abri" not in regles.national.bruts.groupes["sans_logement"],
    ),
    "les codes ne sont plus gardés": (
        "modele.chargement.national.exiger_les_memes_codes", "change les codes d'une nomenclature",
        lambda regles: "passeport_monegasque" not in regles.national.nomenclatures["titre_sejour"].codes,
    ),
    "ce qui dit une violence n'est plus gardé": (
        "modele.chargement.regles.exiger_les_memes_proteges", "ajoute une pièce que le mur ne connaît pas",
        lambda regles: next(p for p in regles.pieces if p.id == "identite").famille == "protection",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("nom", "attaque", "passe"), MUTANTS.values(), ids=MUTANTS)
def test_chaque_mutant_laisse_passer_l_attaque(
    racine: Path, nom: str, attaque: str, passe: Callable[[Regles], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sans le garde, l'attaque sert ; avec lui, non : c'est donc bien lui que les épreuves ci-dessus éprouvent."""
    fichier, ecrire, _ = REFUS[attaque]
    assert not passe(publiees(racine, **{fichier: ecrire()}))
    monkeypatch.setattr(nom, lambda *_: None)
    assert passe(publiees(racine, **{fichier: ecrire()}))
