"""Les blocs des fiches de droit : la seule grande date, les lieux d'accueil, les services d'ici.

Essais : ``tests/impressions/test_papier_fiches_de_droit.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from impressions.annuaire import lire_lignes
from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.convocation import a_savoir, exiger_un_lieu_dicible
from impressions.dates import Dates, date_a_ne_pas_manquer, dates_du_papier, voies_de
from impressions.lieux import dire_en_plus
from impressions.lignes_de_reponse import espacer
from impressions.styles import Style
from modele.mots.echeances import dire_echeance, dire_fin, dire_repousse, dire_suite, dire_suspension
from modele.mots.ecriture import dire_date, dire_date_longue, dire_montant, dire_nombre, majuscule
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Echeance, EtatEcheance
from modele.territoire.modele import Lieu
from modele.territoire.vacants import Vacant, a_montrer

_A_LA_MAIN: Final = "______________________________"


def _grande_date(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """La date avant laquelle agir, la seule en grand ; à défaut, ce que la fiche écrit pour qui n'en a pas encore.

    « échéance | phrase » : cette échéance de la fiche, à venir, dite par cette phrase (« {date} »).
    """
    lignes, section = list(_lignes(contenu)), parent.ajouter("Sect")
    voulues = [tuple(map(str.strip, une.split("|", 1))) for une in lignes if "|" in une]
    if trouvees := [dite for nom, phrase in voulues if (dite := _celle_ci(atelier, nom, phrase))]:
        dites = trouvees[0]
    elif not voulues and (echeance := _a_ne_pas_manquer(atelier)):
        dites = _dire(atelier, echeance)
    else:
        dites = [(une, atelier.styles.grand) for une in lignes if "|" not in une]
    return [atelier.texte(dit, style, section.ajouter("P")) for dit, style in dites if dit]


def _a_ne_pas_manquer(atelier: Atelier) -> Echeance | None:
    return date_a_ne_pas_manquer(_dates(atelier), atelier.donnees.date_impression)


def _dates(atelier: Atelier) -> Dates:
    return dates_du_papier(voies_de(atelier.fiche.id, atelier.donnees.voies))


def _celle_ci(atelier: Atelier, nom: str, phrase: str) -> list[tuple[str, Style]]:
    jour = atelier.donnees.date_impression
    venir = [e for _, e in _dates(atelier).dites if e.id == nom and e.etat(jour) is EtatEcheance.A_VENIR]
    if not venir or venir[0].le is None:
        return []
    date_longue = dire_date_longue(venir[0].le, atelier.mots.langue)
    return [(phrase.replace("{date}", date_longue), atelier.styles.grand)]


def _dire(atelier: Atelier, echeance: Echeance) -> list[tuple[str, Style]]:
    """La date en grand, ce qu'elle date, et la fin possible ; la prudente passée : « Agissez aujourd'hui »."""
    assert echeance.le is not None
    jour, mots, styles = atelier.donnees.date_impression, atelier.mots, atelier.styles
    if echeance.etat(jour) is EtatEcheance.A_VENIR:
        grand = mots("echeance.grande_date", date=dire_date_longue(echeance.le, mots.langue))
        suite = ""
    else:
        grand = mots("echeance.grande_date_depassee")
        suite = majuscule(mots("echeance.depassee", date=dire_date(echeance.le, mots.langue)), mots.langue)
    reste = majuscule(dire_suite(echeance, jour, mots), mots.langue)
    fin = majuscule(dire_fin(echeance, mots), mots.langue)
    arret = majuscule(dire_suspension(echeance, mots) or dire_repousse(echeance, mots), mots.langue)
    return [
        (grand, styles.grand),
        (echeance.libelle, styles.corps),
        (mots("liste.suite").join(filter(None, (suite, reste))), styles.corps),
        (arret, styles.fort if echeance.suspendue else styles.corps),
        (_reserve(atelier, echeance), styles.petit),
        (fin, styles.petit),
    ]


def _reserve(atelier: Atelier, echeance: Echeance) -> str:
    """« 10/11/2026, sauf exception à vérifier » : une exception l'ôterait, et on ne sait pas."""
    return majuscule(dire_echeance(echeance, atelier.mots), atelier.mots.langue) if echeance.sous_reserve else ""


def _lignes(contenu: str) -> Iterator[str]:
    return filter(None, map(str.strip, contenu.splitlines()))


def _lieux(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les lieux d'accueil, les plus proches d'abord ; ce qui manque d'un lieu se voit. Jamais un refuge."""
    tous = atelier.donnees.territoire.lieux if atelier.donnees.lieux is None else atelier.donnees.lieux
    lieux = [un for un in tous if not un.adresse_confidentielle]
    if not lieux:
        return [atelier.texte(atelier.mots("lieu.aucun"), atelier.styles.corps, parent.ajouter("P"))]
    tableau = parent.ajouter("Table")
    blocs = espacer(atelier, [_rangee_de_lieu(atelier, tableau, un) for un in lieux])
    if sum(not un.adresse_confidentielle for un in atelier.donnees.territoire.lieux) > len(lieux):
        blocs.append(atelier.texte(atelier.mots("lieu.d_autres"), atelier.styles.petit, parent.ajouter("P")))
    return blocs


def _rangee_de_lieu(atelier: Atelier, tableau: Noeud, lieu: Lieu) -> Bloc:
    mots, sur = atelier.mots, not lieu.provenance.a_valider
    trouver = (
        (lieu.adresse, "lieu.adresse_manque"),
        (lieu.telephone, "lieu.telephone_manque"),
        ("\n".join(lieu.quand), "lieu.horaires_manquent"),
    )
    serre, petit = replace(atelier.styles.corps, apres=0), atelier.styles.petit
    dites = [
        (ligne, serre) if dit and sur else (mots(manque), petit)
        for dit, manque in trouver
        for ligne in (dit.splitlines() if dit and sur else [""])
    ]
    dites += [(dit, petit) for dit in dire_en_plus(lieu, mots, atelier.donnees.date_impression)] if sur else []
    return _rangee(atelier, tableau, (lieu.nom, mots("lieu.enregistre") if lieu.enregistre else ""), dites)


def _lieu_du_rendez_vous(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Où venir. Ce que l'annuaire ne sait pas, ou pas sûrement, se remplit à la main ; jamais un refuge."""
    tenu = atelier.donnees.rendez_vous
    if tenu is None:
        return []
    lieu, sur = tenu.lieu, not tenu.lieu.provenance.a_valider
    exiger_un_lieu_dicible(lieu)
    if alerte := a_savoir(lieu, atelier.donnees.date_impression):
        atelier.alertes.append(alerte)
    serre, petit = replace(atelier.styles.corps, apres=0), atelier.styles.petit
    champs = ((lieu.adresse if sur else "", "groupe.adresse"), (lieu.telephone if sur else "", "groupe.telephone"))
    dites = [(dit, serre) if dit else (f"{atelier.mots(nom)} {_A_LA_MAIN}", serre) for dit, nom in champs]
    if sur:
        dites += [(ligne, serre) for quand in lieu.quand for ligne in quand.splitlines()]
        dites += [(dit, petit) for dit in dire_en_plus(lieu, atelier.mots, atelier.donnees.date_impression)]
    return espacer(atelier, [_rangee(atelier, parent.ajouter("Table"), (lieu.nom, ""), dites)])


def _services(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les services que ce territoire doit dire ; celui qui manque se voit, et qui appeler en attendant."""
    tableau, connus = parent.ajouter("Table"), atelier.donnees.contacts
    dits = [connus[ligne.id] for ligne in lire_lignes(contenu) if ligne.id in connus]
    return espacer(atelier, [_rangee_de_service(atelier, tableau, un) for un in dits])


def _vacants(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les logements vacants d'ici ; « clé : mots » dit comment nommer ce qui se lit d'eux. Un douteux se tait."""
    donnees, tableau = atelier.donnees, parent.ajouter("Table")
    noms = {cle.strip(): mot.strip() for cle, _, mot in (ligne.partition(":") for ligne in _lignes(contenu))}
    connus = a_montrer(donnees.territoire.vacants or (), donnees.date_impression)
    surs = [un for un in connus if not un.provenance.a_valider]
    return espacer(atelier, [_rangee_de_vacant(atelier, tableau, un, noms) for un in surs])


def _rangee_de_vacant(atelier: Atelier, tableau: Noeud, un: Vacant, noms: Mapping[str, str]) -> Bloc:
    mots, serre, petit = atelier.mots, replace(atelier.styles.corps, apres=0), atelier.styles.petit
    commune = atelier.donnees.vocabulaire.commune(un.commune) or un.commune
    taille = "" if un.surface is None else mots("unite.m2", valeur=dire_nombre(un.surface, mots.langue))
    loyer = "" if un.loyer is None else mots("unite.euros", valeur=dire_montant(un.loyer, mots.langue))
    releve = "" if un.provenance.verifie_le is None else dire_date(un.provenance.verifie_le, mots.langue)
    dites = [
        (loyer, serre),
        (mots.reste(un.description), serre),
        (f"{noms['conditions']}\u00a0: {mots.reste(un.conditions)}", serre),
        (f"{noms['joindre']}\u00a0: {mots.reste(un.joindre)}" if un.joindre else "", serre),
        (f"{noms['releve']}\u00a0: {releve}" if releve else "", petit),
    ]
    nom = mots.enumerer(filter(None, (un.type, taille, commune)))
    return _rangee(atelier, tableau, (nom, un.bailleur), dites)


def _rangee_de_service(atelier: Atelier, tableau: Noeud, contact: Contact) -> Bloc:
    styles, joindre = atelier.styles, contact.numero or contact.url
    if not joindre or contact.provenance.a_valider:
        dites = [(atelier.mots("lieu.numero_manque"), styles.fort), ("" if joindre else contact.quand, styles.petit)]
    else:
        dites = [(joindre, styles.fort), (contact.horaires, styles.petit)]
    return _rangee(atelier, tableau, (contact.libelle, ""), dites)


def _rangee(atelier: Atelier, tableau: Noeud, nom: tuple[str, str], dites: list[tuple[str, Style]]) -> Bloc:
    ligne, styles = tableau.ajouter("TR"), atelier.styles
    colonnes = [
        atelier.cellule(ligne, (nom[0], styles.fort), (nom[1], styles.petit), role="TH"),
        atelier.cellule(ligne, *dites),
    ]
    return atelier.rangee(colonnes, (None, 270), marge=4 * styles.echelle)


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "grande_date": _grande_date,
    "lieux": _lieux,
    "lieu_du_rendez_vous": _lieu_du_rendez_vous,
    "services": _services,
    "vacants": _vacants,
}
