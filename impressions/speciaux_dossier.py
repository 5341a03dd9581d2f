"""Les blocs du dossier : réponses, pièces, échéances, numéros utiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from impressions.annuaire import LigneDeNumero, dire_numero, lire_lignes, verifies
from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile
from impressions.dates import dates_du_papier, voies_de
from impressions.lignes_de_reponse import LigneDeReponse, d_un_seul_tenant, espacer, repondre
from impressions.reponses import Lecteur
from impressions.sures import phrases_sures
from modele.mots.echeances import dire_acte_recu, dire_autres, dire_fin, dire_quand, dire_repousse, dire_suite
from modele.mots.ecriture import dire_date
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Echeance, Voie
from modele.regles.fautes import ErreurUtilisateur

_LONGUE_LISTE, _MARGE, _MARGE_SERREE = 12, 3.4, 2.0


def _reponses(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Une ligne par réponse (« chemin : libellé », ou « chemin : libellé | unité ») ; les inconnues à la fin.

    « chemin ? » : rien n'en est dit tant qu'elle n'est pas connue.
    """
    lecteur, connus = Lecteur(atelier.donnees, atelier.mots), atelier.donnees.vocabulaire
    dites = [
        LigneDeReponse(nom or connus.fait(chemin), reponse)
        for chemin, nom, unite, facultative in _champs(contenu)
        if (reponse := lecteur.reponse(chemin, unite)) is not None and not (facultative and reponse.inconnue)
    ]
    return d_un_seul_tenant(repondre(atelier, parent, dites))


def _champs(contenu: str) -> list[tuple[str, str, str, bool]]:
    champs = []
    for ligne in filter(None, map(str.strip, contenu.splitlines())):
        reste, _, unite = ligne.partition("|")
        chemin, _, libelle = reste.partition(":")
        facultative = chemin.strip().endswith("?")
        champs.append((chemin.strip().removesuffix("?").strip(), libelle.strip(), unite.strip(), facultative))
    return champs


def _pieces(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les pièces ; « manquantes » ne garde que celles qui n'ont pas été vues."""
    seulement = contenu.strip() == "manquantes"
    retenues = [p for p in atelier.donnees.pieces if not (seulement and p.vue)]
    if not retenues:
        return [atelier.texte(atelier.mots("pieces.rien"), atelier.styles.corps, parent.ajouter("P"))]
    liste = parent.ajouter("L")
    style = atelier.styles.puce
    blocs: list[Bloc] = []
    for dite in retenues:
        piece = dite.piece
        cle = "vue" if dite.vue else piece.exigee_pour
        suite = f" · {atelier.mots(f'pieces.{cle}')}"
        note = atelier.mots("liste.suite").join(
            filter(None, ("" if dite.sure else atelier.mots("pieces.selon"), phrases_sures(piece.note)))
        )
        segments = [atelier.segment(piece.libelle, style), atelier.segment(suite, style, doux=True)]
        if note:
            segments.append(atelier.segment(f" ({note})", style, doux=True))
        blocs.append(atelier.texte(segments, style, liste.ajouter("LI").ajouter("LBody"), puce="•"))
    blocs[-1].apres = atelier.styles.corps.apres
    return blocs


def _echeances(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les dates des voies retenues (« fiche » : de celles qui mènent à elle) ; un papier sans date : « reçu le __/__ ».

    Une échéance à faire valider se tait, et le papier dit de demander avant de partir.
    """
    toutes = atelier.donnees.voies
    dates = dates_du_papier(voies_de(atelier.fiche.id, toutes) if contenu.strip() == "fiche" else toutes)
    tableau = parent.ajouter("Table") if dates.dites else None
    blocs: list[Bloc] = [_date(atelier, tableau, *dite) for dite in dates.dites if tableau is not None]
    atelier.a_demander = atelier.a_demander or bool(dates.tues)
    return [*espacer(atelier, blocs), *atelier.demander(parent)]


def _date(atelier: Atelier, tableau: Noeud, voie: Voie, echeance: Echeance) -> Bloc:
    ligne, styles, mots = tableau.ajouter("TR"), atelier.styles, atelier.mots
    quand = dire_quand(echeance, mots) if echeance.le else dire_acte_recu(echeance, mots)
    suite = dire_suite(echeance, atelier.donnees.date_impression, mots)
    # Un délai qu'un fait inconnu laisse en doute a deux dates ; la plus tardive, si elle est sûre, les vaut toutes.
    fin = dire_repousse(echeance, mots) or dire_fin(echeance, mots) or dire_autres(echeance, mots)
    colonnes = [
        atelier.cellule(ligne, (echeance.libelle, replace(styles.corps, apres=0)), (voie.libelle, styles.petit)),
        atelier.cellule(ligne, (quand, styles.fort), (suite, styles.petit), (fin, styles.petit)),
    ]
    return atelier.rangee(colonnes, (None, 190), marge=4 * styles.echelle)


def _contacts(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Des numéros vérifiés, un par ligne : « 115 », « 115 | libellé | horaires », « siao ? », « + réserve »."""
    tableau = parent.ajouter("Table")
    lignes = [ligne for ligne in lire_lignes(contenu) if _permise(atelier, ligne)]
    connus = atelier.donnees.contacts
    contacts = [ligne.dire(connus[ligne.id]) for ligne in verifies(lignes, connus)]
    atelier.a_demander |= any(connus[une.id].local and connus[une.id].provenance.a_valider for une in lignes)
    blocs = [_rangee_de_numero(atelier, tableau, contact, len(contacts)) for contact in contacts]
    return [*blocs, *_verification(atelier, parent, contacts), *atelier.demander(parent)]


def _rangee_de_numero(atelier: Atelier, tableau: Noeud, contact: Contact, parmi: int) -> Bloc:
    styles, ligne = atelier.styles, tableau.ajouter("TR")
    serre = replace(styles.corps, apres=0)
    details = " · ".join(filter(None, (contact.horaires, contact.quand if contact.local else "")))
    dit = [atelier.segment(contact.libelle, serre)]
    if details:
        dit.append(replace(atelier.segment(f"  · {details}", serre, doux=True), taille=styles.petit.taille))
    colonnes = [atelier.cellule(ligne, (dire_numero(contact), styles.numero)), atelier.cellule(ligne, (dit, serre))]
    marge = _MARGE_SERREE if parmi > _LONGUE_LISTE else _MARGE
    return atelier.rangee(colonnes, (98 * styles.echelle, None), marge=marge * styles.echelle)


def _verification(atelier: Atelier, parent: Noeud, contacts: Sequence[Contact]) -> Iterator[Bloc]:
    """La date des numéros d'urgence, la plus ancienne : une fois pour la liste, et jamais sur une fiche réservée."""
    dates = [c.provenance.verifie_le for c in contacts if c.urgence and c.provenance.verifie_le]
    if dates and not atelier.fiche.surete.reservee:
        dit = atelier.mots("page.numeros_verifies", jour=dire_date(min(dates), atelier.mots.langue))
        yield atelier.texte(dit, atelier.styles.petit, parent.ajouter("P"))


def _permise(atelier: Atelier, ligne: LigneDeNumero) -> bool:
    """Vrai si cette ligne a son contact ; faux si elle s'en passe. Lève ``ErreurUtilisateur``."""
    reservee = atelier.fiche.surete.reservee
    if reservee and ligne.libelle is None:
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » est prévue pour un dossier discret : le contact « {ligne.id} » doit y"
            " porter son propre libellé (« identifiant | libellé neutre »)."
        )
    if ligne.id in atelier.donnees.contacts:
        return True
    # Une fiche réservée est la même partout : elle ne perd jamais un numéro, même facultatif.
    if ligne.facultatif and not reservee:
        return False
    raise ErreurUtilisateur(
        f"La fiche « {atelier.fiche.id} » demande le contact « {ligne.id} », que contacts.toml ne donne pas"
        f"{' pour tout le pays' if reservee else ''} : ajoutez-le, ou retirez-le de la fiche."
    )


def _tableau(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Un tableau à deux colonnes : « étape | délai | référence »."""
    tableau = parent.ajouter("Table")
    styles = atelier.styles
    serre = replace(styles.corps, apres=0)
    blocs: list[Bloc] = []
    for texte in filter(None, map(str.strip, contenu.splitlines())):
        gauche, milieu, reference = (*(partie.strip() for partie in texte.split("|")), "", "")[:3]
        ligne = tableau.ajouter("TR")
        colonnes = [
            atelier.cellule(ligne, (gauche, serre), (reference, styles.petit)),
            atelier.cellule(ligne, (milieu, styles.fort)),
        ]
        blocs.append(atelier.rangee(colonnes, (None, 250), marge=4 * styles.echelle))
    return d_un_seul_tenant(espacer(atelier, blocs))


def _a_remplir(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Des lignes à compléter au stylo, une par libellé."""
    marge = 7 * atelier.styles.echelle
    blocs: list[Bloc] = []
    for texte in filter(None, map(str.strip, contenu.splitlines())):
        colonne = Pile(blocs=[atelier.texte(texte, replace(atelier.styles.corps, apres=0), parent.ajouter("P"))])
        blocs.append(atelier.rangee([colonne], (None,), marge=marge))
    return d_un_seul_tenant(espacer(atelier, blocs))


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "reponses": _reponses,
    "pieces": _pieces,
    "echeances": _echeances,
    "contacts": _contacts,
    "tableau": _tableau,
    "a_remplir": _a_remplir,
}
