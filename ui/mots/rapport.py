"""Le rapport d'activité en mots, sans Qt : les mêmes à l'écran, sur le papier, au tableur et en commande."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Final

from impressions.rapport import ChiffreDit, LigneDite, RapportDit
from impressions.tableur import en_csv
from modele.chiffres import Diffusion, seuils
from modele.chiffres.declaration import Chiffre, Perimetre, declares
from modele.chiffres.rapport import JOURS, VENUES, Ligne
from modele.mots.ecriture import dire_date

if TYPE_CHECKING:
    from modele.chargement import Regles
    from modele.coffre.rapports import Tire

TITRE: Final = "Rapport d'activité"
PROVISOIRE: Final = (
    "Provisoire : l'année n'est pas finie. Ces chiffres sont pour vous seul ; deux tirages à quelques jours d'écart "
    "diraient qui est venu entre les deux. Ne les diffusez pas."
)
UN_SEUL_LIEU: Final = (
    "Ce poste ne tient presque que les dossiers de ce lieu : ce qui se compte au territoire (langues, protection, "
    "handicap) n'y est pas, il dirait ce lieu."
)
A_VALIDER: Final = (
    "Moins de 5 personnes pour des partenaires, moins de 11 pour le public : ces seuils sont un choix de Perron, à "
    "faire valider par qui répond des données."
)
NON_SUIVI: Final = "non suivi"
TUE: Final = "non publié"
LE_TERRITOIRE: Final = (
    "Au territoire : seulement les dossiers que ce poste tient, les siens et ceux des autres lieux qu'il a ouverts. Le "
    "registre ne compte pas encore pour tous les lieux."
)
ECRITURE: Final = "écriture dans le dossier d'une personne comptée"
NUMERO: Final = "numéro de la file du jour"


def voies_dites(regles: Regles) -> dict[str, str]:
    """Le libellé de chaque voie qui peut se dire : aucune voie discrète."""
    return {voie.id: voie.libelle for voie in regles.orientations if not voie.discret}


def dire_diffusion(diffusion: Diffusion) -> str:
    """« Pour les partenaires : un effectif de moins de 5 personnes n'est pas publié… »."""
    seuil = seuils().diffusions[diffusion]
    return (
        f"Pour {seuil.libelle} : un effectif de moins de {seuil.effectif} personnes n'est pas publié, ni ce qui "
        "permettrait de le retrouver par une soustraction. « Non publié » ne veut pas dire zéro."
    )


def dire_etat(tire: Tire) -> str:
    """Figé depuis quand, ou provisoire."""
    if tire.fige_le is None:
        return PROVISOIRE
    jour = dire_date(tire.fige_le.astimezone().date())
    return f"Figé le {jour}, selon la méthode {tire.rapport.methode} : il ne se recompte plus."


def dire_valeur(ligne: Ligne) -> str:
    """« 27 », « 12,5 jours », « non publié », « non suivi »."""
    if not ligne.suivi:
        return NON_SUIVI
    if ligne.valeur is None:
        return TUE
    nombre = f"{ligne.valeur:.1f}".replace(".0", "").replace(".", ",")
    return f"{nombre} jour{'s' if ligne.valeur >= 2 else ''}" if ligne.unite == JOURS else nombre


def par_chiffre(tire: Tire) -> Iterator[tuple[Chiffre, list[Ligne], int]]:
    """Chaque chiffre, ses lignes à montrer, et combien d'autres ne se publient pas.

    D'un chiffre à plusieurs lignes, celles qui sont tues ne s'énumèrent pas : leur liste, vide de nombres, n'apprend
    rien à qui la lit. La plus grande d'abord.
    """
    par_id: Mapping[str, Chiffre] = {un.id: un for un in declares().chiffres}
    for chiffre, groupe in groupby(tire.rapport.lignes, key=lambda ligne: ligne.chiffre):
        lignes = list(groupe)
        if chiffre not in par_id:
            continue
        montrees = [ligne for ligne in lignes if not ligne.masque] if len(lignes) > 1 else lignes
        if all(ligne.unite != JOURS for ligne in lignes):
            montrees = sorted(montrees, key=lambda ligne: -(ligne.valeur or 0))
        yield par_id[chiffre], montrees, len(lignes) - len(montrees)


def dire_tues(nombre: int) -> str:
    """« 14 autres lignes ne sont pas publiées. »."""
    if not nombre:
        return ""
    return f"{nombre} autres lignes ne sont pas publiées." if nombre > 1 else "Une autre ligne n'est pas publiée."


def dire_perimetre(perimetre: Perimetre, lieu: str) -> str:
    """Où se lit un chiffre."""
    return lieu if perimetre is Perimetre.LIEU else "Ce que ce poste tient du territoire"


def avis(tire: Tire) -> tuple[str, ...]:
    """Ce qu'il faut savoir avant de lire un nombre."""
    ou = LE_TERRITOIRE if tire.rapport.territoire else UN_SEUL_LIEU
    return (dire_etat(tire), dire_diffusion(tire.rapport.diffusion), ou)


def sorte(ligne: Ligne) -> str:
    """De quoi son nombre d'opérations est fait."""
    return NUMERO if ligne.unite == VENUES else ECRITURE


def titre_de(tire: Tire) -> str:
    """« Rapport d'activité 2025, CCAS de Colombe »."""
    return f"{TITRE} {tire.rapport.annee}, {tire.rapport.lieu}"


def nom_du_fichier(tire: Tire, suffixe: str) -> str:
    """« rapport-2025-partenaires.pdf » : ni lieu, que l'écriture d'un nom de fichier abîmerait, ni personne."""
    return f"rapport-{tire.rapport.annee}-{tire.rapport.diffusion}.{suffixe}"


def papier_de(tire: Tire) -> RapportDit:
    """Le rapport, prêt à imprimer ; une barre là où des lignes se comparent."""
    dits = []
    for chiffre, montrees, tues in par_chiffre(tire):
        haut = max((ligne.valeur or 0 for ligne in montrees), default=0)
        compare = len(montrees) > 1 and haut > 0 and all(ligne.unite != JOURS for ligne in montrees)
        lignes = tuple(
            LigneDite(ligne.libelle, dire_valeur(ligne), (ligne.valeur or 0) / haut if compare else None)
            for ligne in montrees
        )
        ou = dire_perimetre(chiffre.perimetre, tire.rapport.lieu)
        dits.append(ChiffreDit(chiffre.libelle, ou, chiffre.definition, lignes, dire_tues(tues)))
    return RapportDit(titre_de(tire), avis(tire), tuple(dits))


_ENTETE: Final = (
    *("annee", "lieu", "pour", "etat", "methode", "perimetre", "chiffre", "ligne", "valeur", "unite"),
    *("operations", "publie", "definition"),
)


def tableur_de(tire: Tire) -> bytes:
    """Le rapport pour un tableur : une ligne par ligne publiée, non publiée ou non suivie, avec sa définition."""
    rapport = tire.rapport
    etat = "figé" if tire.fige_le else "provisoire, ne pas diffuser"
    par_id = {un.id: un for un in declares().chiffres}
    lignes = []
    for ligne in rapport.lignes:
        chiffre = par_id.get(ligne.chiffre)
        if chiffre is not None:
            publie = NON_SUIVI if not ligne.suivi else "non" if ligne.masque else "oui"
            tete = (rapport.annee, rapport.lieu, str(rapport.diffusion), etat, rapport.methode, str(chiffre.perimetre))
            dite = (chiffre.libelle, ligne.libelle, ligne.valeur, ligne.unite, ligne.operations)
            lignes.append((*tete, *dite, publie, chiffre.definition))
    return en_csv(_ENTETE, lignes)
