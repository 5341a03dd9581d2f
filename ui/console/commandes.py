"""Les commandes : coter, orienter, dalo, plafonds, imprimer, faits, droit, coffre, droits-personne…"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from modele.regles.disque import ecrire
from modele.regles.fautes import ErreurUtilisateur
from ui.console.lecture import lire_date, lire_dossier, lire_lignes
from ui.console.lignes import avertir
from ui.console.options import Date, Dossier, Json, Lieu, rendre_json
from ui.console.pilotage import cil, commission, flux, residences


def inscrire(app: typer.Typer) -> None:
    """Ajoute toutes les commandes au programme."""
    for nom, fonction in _COMMANDES.items():
        app.command(nom)(fonction)


def coter(
    dossier: Annotated[Path | None, typer.Argument(metavar="DOSSIER", help="Le dossier, en JSON.")] = None,
    territoire: Lieu = None,
    grille: Annotated[Path | None, typer.Option("--grille", metavar="GRILLE.toml", help="Une grille imposée.")] = None,
    faits: Annotated[Path | None, typer.Option("--faits", metavar="FAITS.jsonl", help="Des faits nus.")] = None,
    date: Date = None,
    en_json: Json = False,
) -> None:
    """Calcule la note d'un dossier, ou essaie une grille sur des faits."""
    jour = lire_date(date)
    if faits is not None:
        if grille is None or dossier is not None:
            raise ErreurUtilisateur("« --faits » s'emploie avec « --grille », sans dossier.")
        from ui.console.essai import essayer

        for resultat in essayer(grille, lire_lignes(faits), jour):
            rendre_json(resultat)
        return
    if dossier is None:
        raise ErreurUtilisateur("Donnez un dossier (DOSSIER.json), ou « --grille » et « --faits ».")
    from ui.console.dossier import coter_dossier, dire_cotation

    document = lire_dossier(dossier)
    dite = coter_dossier(document, territoire, grille, jour)
    rendre_json(dite.json) if en_json else print(dire_cotation(dite))


def orienter(dossier: Dossier, territoire: Lieu = None, date: Date = None, en_json: Json = False) -> None:
    """Dit les voies d'orientation d'un dossier."""
    from ui.console.voies import dire_voies, orienter_dossier

    voies = orienter_dossier(lire_dossier(dossier), territoire, lire_date(date))
    rendre_json(voies.json) if en_json else print(dire_voies(voies))


def dalo(
    dossier: Dossier,
    territoire: Lieu = None,
    date: Date = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FICHIER.ics", help="Écrit les dates à venir pour un agenda.")
    ] = None,
    en_json: Json = False,
) -> None:
    """Dit les recours DALO et DAHO motif par motif, les conditions, les lettres de priorité et le calendrier."""
    from ui.console.dalo import dire_dalo, examiner_dalo

    recours = examiner_dalo(lire_dossier(dossier), territoire, lire_date(date))
    if ics is not None:
        from impressions.agenda import composer_agenda

        ecrire(ics, composer_agenda(recours.bilan), prive=True)
    rendre_json(recours.json) if en_json else print(dire_dalo(recours))


def plafonds(
    date: Annotated[str, typer.Option("--date", metavar="AAAA-MM-JJ", help="Date de la demande ou de l'examen.")],
    commune: Annotated[str, typer.Option("--commune", metavar="INSEE", help="Code INSEE de la commune.")],
    personnes: Annotated[int, typer.Option("--personnes", metavar="N", help="Personnes à loger.")],
    personne_seule_avec_charge: Annotated[
        bool, typer.Option("--personne-seule-avec-charge", help="Une personne seule et quelqu'un à charge.")
    ] = False,
    jeune_menage: Annotated[
        bool, typer.Option("--jeune-menage", help="Un couple jeune, sans personne à charge.")
    ] = False,
    handicap: Annotated[
        bool, typer.Option("--handicap", help="Une carte mobilité inclusion « invalidité » au foyer.")
    ] = False,
    en_json: Json = False,
) -> None:
    """Rend la catégorie de ménage, la zone et les plafonds PLAI, PLUS et PLS."""
    from ui.console.plafonds import chercher, dire

    rendu = chercher(
        lire_date(date),
        commune,
        personnes,
        personne_seule_avec_charge=personne_seule_avec_charge,
        jeune_menage=jeune_menage,
        handicap=handicap,
    )
    rendre_json(rendu) if en_json else print(dire(rendu))


def imprimer(
    dossier: Dossier,
    fiche: Annotated[str, typer.Option("--fiche", metavar="F", help="cotation, resume, 115, neutre…")],
    sortie: Annotated[Path, typer.Option("--sortie", metavar="FICHIER.pdf", help="Où écrire le PDF.")],
    langue: Annotated[str, typer.Option("--langue", metavar="L", help="Langue de la fiche.")] = "fr",
    avec_francais: Annotated[bool, typer.Option("--avec-francais", help="Le français à côté de la langue.")] = False,
    territoire: Lieu = None,
    date: Date = None,
    grands_caracteres: Annotated[bool, typer.Option("--grands-caracteres", help="Texte agrandi.")] = False,
    rendez_vous: Annotated[
        Path | None,
        typer.Option("--rendez-vous", metavar="R.json", help="Le rendez-vous à rappeler : date, heure, lieu."),
    ] = None,
    mentions: Annotated[
        Path | None,
        typer.Option(
            "--mentions", metavar="M.toml", help="Qui répond des données ; sans lui, « essai » sur le papier."
        ),
    ] = None,
) -> None:
    """Écrit une fiche en PDF."""
    from impressions.depuis_bilan import donnees
    from impressions.document import composer
    from modele.regles.langues import langue as langue_de
    from modele.territoire.mentions import lire_fichier
    from ui.console.convoquer import lire_rendez_vous
    from ui.console.dossier import bilan_de

    langue_de(langue)
    bilan = bilan_de(lire_dossier(dossier), territoire, lire_date(date))
    dites = None if mentions is None else lire_fichier(mentions, bilan.jour)
    if refus := bilan.regles.fiches.refus(fiche, langue):
        raise ErreurUtilisateur(refus)
    attendu = None if rendez_vous is None else lire_rendez_vous(rendez_vous, str(bilan.document.get("id", "")))
    pret = donnees(bilan, langue, mentions=dites, rendez_vous=attendu)
    francais = donnees(bilan, mentions=dites, rendez_vous=attendu) if avec_francais else None
    papier = composer(fiche, pret, langue, grands_caracteres=grands_caracteres, francais=francais)
    avertir(papier.avertissement)
    ecrire(sortie, papier, prive=True)
    print(sortie)


def saisine(
    dossier: Dossier,
    recours: Annotated[str, typer.Option("--recours", metavar="R", help="dalo ou daho.")],
    sortie: Annotated[Path, typer.Option("--sortie", metavar="FICHIER.pdf", help="Où écrire le PDF.")],
    papier: Annotated[
        str, typer.Option("--papier", metavar="P", help="brouillon, lettre ou formulaire.")
    ] = "brouillon",
    motif: Annotated[
        list[str] | None,
        typer.Option("--motif", metavar="M", help="Un motif choisi (dalo-2…) ; plusieurs fois s'il le faut."),
    ] = None,
    formulaire: Annotated[
        Path | None, typer.Option("--formulaire", metavar="PDF", help="Le formulaire officiel, à remplir.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="T.toml", help="Ce qui s'écrit dans chacune de ses cases.")
    ] = None,
    territoire: Lieu = None,
    date: Date = None,
) -> None:
    """Prépare un recours DALO ou DAHO : brouillon à recopier, lettre, formulaire officiel rempli."""
    from ui.console.saisine import Voulu, composer

    voulu = Voulu(recours, papier, tuple(motif or ()), formulaire, table)
    fait = composer(lire_dossier(dossier), territoire, lire_date(date), voulu)
    if fait.avant:
        print(fait.avant, file=sys.stderr)
    avertir(fait.papier.avertissement)
    ecrire(sortie, fait.papier, prive=True)
    print(sortie)


def cases_formulaire(
    pdf: Annotated[Path, typer.Argument(metavar="PDF", help="Un formulaire officiel à remplir.")],
    en_json: Json = False,
) -> None:
    """Liste les cases d'un formulaire PDF, pour dire dans une table ce qui s'écrit dans chacune."""
    from ui.console.saisine import cases_en_json, dire_les_cases, lire_les_cases

    lu, marque = lire_les_cases(pdf)
    rendre_json(cases_en_json(lu, marque)) if en_json else print(dire_les_cases(lu, marque))


def filiere(dossier: Dossier, territoire: Lieu = None, date: Date = None, en_json: Json = False) -> None:
    """Dit ce que demande la filière des priorités d'ici, et ce qui se contredit avant une commission."""
    from ui.console.filiere import dire_filiere, examiner_filiere

    rendu = examiner_filiere(lire_dossier(dossier), territoire, lire_date(date))
    rendre_json(rendu.json) if en_json else print(dire_filiere(rendu))


def lieux(
    commune: Annotated[
        str, typer.Option("--commune", metavar="INSEE", help="Code INSEE de la commune d'où l'on part.")
    ] = "",
    le: Annotated[
        str | None,
        typer.Option("--le", metavar="J", help="AAAA-MM-JJ, ou AAAA-MM-JJTHH:MM (maintenant)."),
    ] = None,
    territoire: Lieu = None,
    besoin: Annotated[str, typer.Option("--besoin", metavar="B", help="deposer, papiers, domiciliation…")] = "",
    langue: Annotated[str, typer.Option("--langue", metavar="L", help="Une langue parlée sur place (code ISO).")] = "",
    coffre: Annotated[
        Path | None, typer.Option("--coffre", metavar="COFFRE", help="Lire aussi ce que ce poste a reçu et écrit.")
    ] = None,
    importer: Annotated[
        Path | None, typer.Option("--importer", metavar="TABLEAU.csv", help="Essaie ce tableau, sans rien écrire.")
    ] = None,
    ecrire: Annotated[bool, typer.Option("--ecrire", help="Écrit les lignes justes du tableau, en une fois.")] = False,
    retirer: Annotated[str, typer.Option("--retirer", metavar="ID", help="Retire un lieu importé.")] = "",
    en_json: Json = False,
) -> None:
    """Dit les lieux d'accueil, ouverts d'abord, le plus proche en premier ; importe un tableau, retire un lieu."""
    if importer is not None or retirer:
        from ui.console.lieux_ecrits import Voulu, mener

        fait = mener(Voulu(coffre, importer, retirer, ecrire=ecrire))
        rendre_json(fait.json) if en_json else print(fait.texte)
        return
    from ui.console.lieux import chercher_lieux, dire_lieux

    rendu = chercher_lieux(commune, territoire, le, besoin, langue, coffre)
    rendre_json(rendu.json) if en_json else print(dire_lieux(rendu))


def fiches(
    etat: Annotated[bool, typer.Option("--etat", help="Chaque langue de chaque fiche, et ce qui manque.")] = False,
    langue: Annotated[str, typer.Option("--langue", metavar="L", help="Une langue, et chaque phrase à écrire.")] = "",
    territoire: Lieu = None,
    en_json: Json = False,
) -> None:
    """Dit où en est chaque fiche dans chaque langue : traduite, relue, par qui ; et ce qui manque."""
    from ui.console.fiches import etat_des_fiches

    rendu = etat_des_fiches(territoire, langue, entier=etat)
    rendre_json(rendu.json) if en_json else print(rendu.texte)


def verifier_grille(
    grille: Annotated[Path, typer.Argument(metavar="GRILLE.toml", help="La grille à vérifier.")],
) -> None:
    """Vérifie une grille ; dit toutes ses fautes ensemble."""
    from ui.console.essai import ouvrir_grille

    lue, _ = ouvrir_grille(grille)
    nombre = sum(len(rubrique.criteres) for rubrique in lue.rubriques)
    print(f"{grille} : grille valable, {len(lue.rubriques)} rubriques, {nombre} critères, statut {lue.statut}.")


def verifier_territoire(
    territoire: Annotated[str, typer.Argument(metavar="TERRITOIRE", help="Le territoire à vérifier.")],
) -> None:
    """Charge un territoire et dit ce qui lui manque : contacts qu'il doit dire, grille, paramètres."""
    from ui.console.territoire import dire_ce_qui_manque

    print(dire_ce_qui_manque(territoire))


def verifier_plafonds(
    table: Annotated[Path, typer.Argument(metavar="TABLE.csv", help="Les plafonds de l'année suivante.")],
) -> None:
    """Essaie à blanc les plafonds d'une année de plus : complète, suivie, plausible ; n'écrit rien."""
    from ui.console.plafonds import dire_essai, essayer_table

    print(dire_essai(essayer_table(table), table))


def verifier_formation(
    cas: Annotated[Path, typer.Argument(metavar="CAS.toml", help="Le cas de formation à vérifier.")],
    feuilles: Annotated[
        Path | None,
        typer.Option("--feuilles", metavar="DOSSIER", help="Écrit la feuille de la classe, et les réponses à part."),
    ] = None,
) -> None:
    """Vérifie un cas de formation ; dit toutes ses fautes ensemble, ligne par ligne."""
    from ui.console.formation import verifier_cas

    print(verifier_cas(cas, feuilles))


def faits(
    dossier: Annotated[Path | None, typer.Argument(metavar="DOSSIER", help="Le dossier, en JSON.")] = None,
    territoire: Lieu = None,
    date: Date = None,
    en_json: Json = False,
) -> None:
    """Liste les faits nationaux ; avec un dossier, dit ce que chacun y vaut, les pièces attendues, ce qui reste."""
    if dossier is None:
        if territoire is not None or date is not None:
            raise ErreurUtilisateur("« --territoire » et « --date » s'emploient avec un dossier (DOSSIER.json).")
        from ui.console.faits import catalogue, dire

        liste = catalogue()
        rendre_json(liste) if en_json else print(dire(liste))
        return
    from ui.console.deduits import deduire, dire_deduits

    deduits = deduire(lire_dossier(dossier), territoire, lire_date(date))
    rendre_json(deduits.json) if en_json else print(dire_deduits(deduits))


def droit(
    territoire: Lieu = None,
    date: Date = None,
    plus_vieux_que: Annotated[
        int | None, typer.Option("--plus-vieux-que", metavar="N", help="Seulement ce qui a plus de N jours.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FICHIER.pdf", help="Écrit le tableau en PDF.")] = None,
    en_json: Json = False,
) -> None:
    """Dit chaque règle : article, source, date et âge de sa vérification ; ce qui est à revoir."""
    from ui.console.droit import dire_droit, droit_en_json, imprimer_droit, reviser

    revue = reviser(territoire, lire_date(date), plus_vieux_que)
    if pdf is not None:
        ecrire(pdf, imprimer_droit(revue))
        print(pdf)
        return
    rendre_json(droit_en_json(revue)) if en_json else print(dire_droit(revue))


def coffre(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="verifier, sauvegarder ou restaurer.")],
    premier: Annotated[Path, typer.Argument(metavar="COFFRE", help="Le coffre ; pour restaurer, la copie.")],
    second: Annotated[
        Path | None, typer.Argument(metavar="COPIE", help="La copie à écrire ; pour restaurer, le coffre.")
    ] = None,
    part: Annotated[str, typer.Option(help="La part d'une copie scellée, que donne le registre.")] = "",
) -> None:
    """Vérifie, sauvegarde ou restaure un coffre ; mot de passe dans PERRON_MOT_DE_PASSE ou sur l'entrée."""
    from ui.console.coffre import mener

    print(mener(action, premier, second, part))


def droits_personne(
    geste: Annotated[
        str,
        typer.Argument(
            metavar="GESTE",
            help="acces, rectification, limitation, opposition, effacement ; suite, accord, lever, liste.",
        ),
    ],
    coffre: Annotated[Path | None, typer.Option("--coffre", metavar="COFFRE", help="Le coffre de ce poste.")] = None,
    dossier: Annotated[str, typer.Option("--dossier", metavar="REFERENCE", help="La référence du dossier.")] = "",
    par: Annotated[str, typer.Option("--par", metavar="QUI", help="personne, codemandeur, representant, tiers.")] = "",
    piece: Annotated[str, typer.Option("--piece", metavar="PIECE", help="La pièce d'un représentant.")] = "",
    mots: Annotated[
        str, typer.Option("--mots", metavar="MOTS", help="Ce qui est demandé ; d'un refus, pourquoi.")
    ] = "",
    demande: Annotated[str, typer.Option("--demande", metavar="ID", help="Une demande déjà notée.")] = "",
    suite: Annotated[str, typer.Option("--suite", metavar="SUITE", help="faite, transmise ou refusee.")] = "",
    sortie: Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER.pdf", help="La feuille d'accès.")] = None,
    confirmer: Annotated[str, typer.Option("--confirmer", metavar="REFERENCE", help="Efface pour toujours.")] = "",
    en_json: Json = False,
) -> None:
    """Note ce qu'une personne demande de ses données, et y donne suite ; à un tiers, ne dit rien."""
    from ui.console.droits import Voulu, exercer

    rendu = exercer(Voulu(geste, coffre, dossier, par, piece, mots, demande, suite, sortie, confirmer))
    rendre_json(rendu.json) if en_json else print(rendu.texte)


def reunir(
    coffre: Annotated[Path, typer.Argument(metavar="COFFRE", help="Le coffre de ce poste.")],
    dossier: Annotated[str, typer.Argument(metavar="REFERENCE", help="Le dossier qui continue.")],
    autre: Annotated[str, typer.Argument(metavar="AUTRE", help="Celui qui s'y fond.")] = "",
    geste: Annotated[str, typer.Option("--geste", metavar="GESTE", help="confirmer, ecarter ou annuler.")] = "",
    garder: Annotated[
        list[str] | None, typer.Option("--garder", metavar="UNITE=REFERENCE", help="Ce qui se garde s'ils diffèrent.")
    ] = None,
    en_json: Json = False,
) -> None:
    """Montre ce qui ressemble à un dossier, et n'en fait qu'un de deux d'une même personne ; s'annule."""
    from ui.console.reunir import Voulu, mener

    rendu = mener(Voulu(coffre, dossier, autre, geste, garder or ()))
    rendre_json(rendu.json) if en_json else print(rendu.texte)


def rapport(
    annee: Annotated[int, typer.Option("--annee", metavar="A", help="L'année, en quatre chiffres.")],
    lieu: Annotated[str, typer.Option("--lieu", metavar="L", help="Le lieu, par son nom ; celui de ce poste.")] = "",
    pour: Annotated[str, typer.Option("--pour", metavar="QUI", help="partenaires ou public.")] = "partenaires",
    coffre: Annotated[Path | None, typer.Option("--coffre", metavar="COFFRE", help="Le coffre ; celui d'ici.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FICHIER.pdf", help="Écrit aussi un PDF.")] = None,
    tableur: Annotated[Path | None, typer.Option("--csv", metavar="FICHIER.csv", help="Et un tableur.")] = None,
    bilan: Annotated[
        Path | None, typer.Option("--bilan", metavar="FICHIER.pdf", help="Et le bilan annuel du plan partenarial.")
    ] = None,
    en_json: Json = False,
) -> None:
    """Compte l'activité d'un lieu dans l'année ; aucun petit effectif n'en sort, ni rien qui le rende."""
    from ui.console.rapport import Voulu, dire, mener
    from ui.console.rapport import en_json as objet

    tire = mener(Voulu(annee, lieu, pour, coffre, pdf, tableur, bilan))
    rendre_json(objet(tire)) if en_json else print(dire(tire))


def remettre(
    geste: Annotated[str, typer.Argument(metavar="GESTE", help="proposer, retirer, liste, recevoir ou refuser.")],
    coffre: Annotated[Path, typer.Argument(metavar="COFFRE", help="Le coffre de ce poste.")],
    dossier: Annotated[str, typer.Option("--dossier", metavar="REFERENCE", help="Le dossier à remettre.")] = "",
    vers: Annotated[str, typer.Option("--vers", metavar="LIEU", help="Le lieu que la personne a nommé.")] = "",
    a_qui: Annotated[str, typer.Option("--a-qui", metavar="AGENT", help="L'agent nommé (dossier discret).")] = "",
    but: Annotated[str, typer.Option("--but", metavar="MOTS", help="Pourquoi, dans les mots de la personne.")] = "",
    jusqu_au: Annotated[
        str | None, typer.Option("--jusqu-au", metavar="AAAA-MM-JJ", help="Son accord ne vaut plus après.")
    ] = None,
    champ: Annotated[
        list[str] | None, typer.Option("--champ", metavar="CHAMP", help="Un champ remis ; sans lui, toute la liste.")
    ] = None,
    remise: Annotated[str, typer.Option("--remise", metavar="ID", help="La remise à retirer, recevoir, refuser.")] = "",
    motif: Annotated[str, typer.Option("--motif", metavar="MOTS", help="Pourquoi elle est refusée.")] = "",
    en_json: Json = False,
) -> None:
    """Remet un dossier à un autre lieu, à l'accord de la personne : des champs listés, rien d'autre ; se retire."""
    from ui.console.remettre import Voulu, mener

    fin = lire_date(jusqu_au) if jusqu_au else None
    rendu = mener(Voulu(geste, coffre, dossier, vers, a_qui, but, fin, champ or (), remise, motif))
    rendre_json(rendu.json) if en_json else print(rendu.texte)


def demonstration(
    sortie: Annotated[Path, typer.Option("--sortie", metavar="DOSSIER", help="Où laisser les PDF et les images.")],
) -> None:
    """Joue un entretien dans les vrais écrans, sans écran, et laisse ses PDF et ses captures."""
    from ui.theatre.demonstration import jouer

    for chemin in jouer(sortie):
        print(chemin)
    sys.stdout.flush()


_COMMANDES: dict[str, Callable[..., None]] = {
    "coter": coter,
    "orienter": orienter,
    "dalo": dalo,
    "plafonds": plafonds,
    "imprimer": imprimer,
    "saisine": saisine,
    "cases-formulaire": cases_formulaire,
    "filiere": filiere,
    "lieux": lieux,
    "fiches": fiches,
    "verifier-grille": verifier_grille,
    "verifier-territoire": verifier_territoire,
    "verifier-plafonds": verifier_plafonds,
    "verifier-formation": verifier_formation,
    "faits": faits,
    "droit": droit,
    "coffre": coffre,
    "droits-personne": droits_personne,
    "reunir": reunir,
    "rapport": rapport,
    "remettre": remettre,
    "flux": flux,
    "cil": cil,
    "residences": residences,
    "commission": commission,
    "demonstration": demonstration,
}
