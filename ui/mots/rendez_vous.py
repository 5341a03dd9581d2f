"""Comment l'écran dit un rendez-vous, un créneau, la file du jour. Sans Qt. Essais : ``tests/ui/mots``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.chemins import lire
from modele.dossier.nomenclatures import nationales
from modele.mots.ecriture import dire_date, dire_date_longue, dire_jour, dire_mois, majuscule
from modele.rendez_vous import Etape, delai_de_reception
from modele.rendez_vous.lignes import DONNE
from modele.rendez_vous.passages import URGENTE

if TYPE_CHECKING:
    from modele.rendez_vous import Conflit, Creneau, LigneDAgenda, Passage, RendezVous

JOURNEE: Final = "La journée"
AGENDA: Final = "Rendez-vous"
DONNER: Final = "Donner un rendez-vous"
SANS_DOSSIER: Final = "Ouvrez d'abord le dossier de la personne : un rendez-vous se donne depuis son dossier."
FILE_VIDE: Final = "Personne n'attend."
AUCUN: Final = "Aucun rendez-vous."
OU_DONNER: Final = "Un rendez-vous se donne depuis le dossier de la personne : F9."
OCCUPE: Final = "Occupé"
SANS_PLAGE: Final = (
    "Aucun horaire de rendez-vous n'est écrit pour ce lieu : choisissez une date et une heure, dessous. La "
    "collectivité les écrit dans « rendez_vous.toml » du territoire."
)
SANS_CRENEAU: Final = "Aucun créneau libre dans les deux mois : choisissez une date et une heure, dessous."
CHOISIR: Final = "Choisissez d'abord un créneau, ou écrivez une date et une heure."
DELAI_PASSE: Final = "Cette date est passée : si la personne n'a jamais été reçue, donnez le premier créneau."
PAS_DE_NOM: Final = "Appelez le numéro, jamais un nom."
PROCHAIN: Final = "Prochain rendez-vous"
SANS_PROCHAIN: Final = "Aucun rendez-vous à venir pour cette personne."
SANS_PAPIER: Final = (
    "Aucun papier pour ce dossier : il se trouverait. Dites le jour, l'heure et le lieu, et faites-les redire. Pour le "
    "rappeler : le moyen que le dossier dit sûr, lui seul ; une lettre, seulement à l'adresse de courrier sûre."
)
SEJOURS: Final = {"jour": "Jour", "semaine": "Semaine", "mois": "Mois"}
AU_PLUS: Final = 200
CONFLITS: Final = "Pris deux fois : les deux sont gardés, choisissez"
A_RAPPELER: Final = "À rappeler à la personne"
RAPPELS_AU_PLUS: Final = 6
SANS_RAPPEL: Final = (
    "Aucun rappel n'est demandé ici : aucun texte n'en fixe le délai, et ce lieu n'a pas écrit le sien ([[rappel]] de "
    "« rendez_vous.toml »)."
)
RAPPEL_SUR: Final = "par le moyen que le dossier dit sûr, lui seul"
A_LA_LOI: Final = (
    "Le délai du plan de ce territoire n'est pas renseigné. La loi (CCH L441-2-8) dit un mois au plus ; un plan peut "
    "le porter à deux dans certaines grandes agglomérations."
)
SANS_ENREGISTREMENT: Final = (
    "Délai de réception : il court de l'enregistrement de la demande ; sa date n'est pas dans ce dossier."
)


def libelle(nomenclature: str, code: str) -> str:
    """Le libellé de ce code ; le code, s'il vient d'une version plus récente."""
    trouve = nationales()[nomenclature].codes.get(code)
    return trouve.libelle if trouve else code


def libelles(nomenclature: str) -> dict[str, str]:
    """Chaque code et son libellé, dans leur ordre."""
    return {code: un.libelle for code, un in nationales()[nomenclature].codes.items()}


def dire_heure(heure: str) -> str:
    """« 9 h 05 »."""
    heures, _, minutes = heure.partition(":")
    return f"{int(heures)} h {minutes}" if heures else ""


def dire_creneau(creneau: Creneau, aujourdhui: date) -> str:
    """« mardi 8 décembre 2026 à 10 h 00, 30 minutes »."""
    jour = {0: "aujourd'hui", 1: "demain"}.get((creneau.jour - aujourdhui).days, dire_jour(creneau.jour))
    return f"{jour} à {dire_heure(creneau.heure)}, {creneau.duree} minutes"


def dire_ligne(ligne: LigneDAgenda, *, avec_le_jour: bool) -> tuple[str, str]:
    """Ce qui se lit d'un créneau pris, sans nommer personne : titre et détail."""
    creneau, tenu = ligne.creneau, ligne.rendez_vous
    jour = f"{dire_jour(creneau.jour)}, " if avec_le_jour else ""
    quand = f"{jour}{dire_heure(creneau.heure)}, {creneau.duree} min"
    avec = f"avec {creneau.avec}" if creneau.avec else ""
    if tenu is None:
        return f"{quand} : {OCCUPE.lower()}", avec
    quoi = libelle("type_rendez_vous", tenu.type) if tenu.type else AGENDA
    dits = (avec, dire_l_interprete(tenu), "" if tenu.etat == DONNE else libelle("etat_rendez_vous", tenu.etat))
    return f"{quand} : dossier {tenu.reference}", " · ".join(filter(None, (quoi, *dits)))


def dire_rappel(tenu: RendezVous) -> str:
    """« mardi 8 décembre 2026, 9 h 30 : dossier K7Q2F » ; d'un dossier discret, par quel moyen seulement."""
    dit = f"{dire_jour(tenu.creneau.jour)}, {dire_heure(tenu.creneau.heure)} : dossier {tenu.reference}"
    dits = (majuscule(dit), dire_l_interprete(tenu), RAPPEL_SUR if tenu.discret else "")
    return " · ".join(filter(None, dits))


def dire_combien_de_rappels(nombre: int) -> str:
    """« 3 rendez-vous à rappeler » ; vide s'il n'y en a pas."""
    return f"{nombre} {AGENDA.lower()} à rappeler" if nombre else ""


def dire_le_prochain(tenus: Iterable[RendezVous], maintenant: datetime) -> str:
    """« Prochain rendez-vous : mardi 8 décembre 2026 à 10 h 00, 30 minutes. » ; sinon, qu'il n'y en a pas."""
    moment = (maintenant.date(), maintenant.hour * 60 + maintenant.minute)
    a_venir = (un.creneau for un in tenus if un.etat == DONNE and (un.creneau.jour, un.creneau.debut) >= moment)
    prochain = min(a_venir, default=None)
    return SANS_PROCHAIN if prochain is None else f"{PROCHAIN} : {dire_creneau(prochain, maintenant.date())}."


def dire_les_autres_rappels(nombre: int) -> str:
    """« Et 4 autres, plus tard. »"""
    return "Et un autre, plus tard." if nombre == 1 else f"Et {nombre} autres, plus tard."


def dire_l_interprete(tenu: RendezVous) -> str:
    """« interprète à trouver (arabe) » ; vide si aucun n'est demandé."""
    if not tenu.interprete:
        return ""
    langue = f" ({libelle('langue', tenu.langue).lower()})" if tenu.langue else ""
    return f"{libelle('interprete_rendez_vous', tenu.interprete).lower()}{langue}"


def dire_rendez_vous(tenu: RendezVous, aujourdhui: date, lieu: str) -> tuple[str, str]:
    """Un rendez-vous du dossier ouvert : titre et détail."""
    creneau = tenu.creneau
    titre = dire_creneau(creneau, aujourdhui)
    quoi = libelle("type_rendez_vous", tenu.type) if tenu.type else AGENDA
    ou = ", ".join(filter(None, (lieu, f"avec {creneau.avec}" if creneau.avec else "")))
    etat = "" if tenu.etat == DONNE else libelle("etat_rendez_vous", tenu.etat)
    dits = (quoi, ou, dire_l_interprete(tenu), etat, tenu.motif)
    return titre[:1].upper() + titre[1:], " · ".join(filter(None, dits))


def dire_passage(passage: Passage, numero: str) -> tuple[str, str]:
    """Un ticket de la file : titre, détail."""
    fait = {
        Etape.ATTEND: f"attend depuis {dire_heure(passage.arrive)}",
        Etape.APPELE: f"appelé à {dire_heure(passage.appele)}",
        Etape.RECU: f"reçu à {dire_heure(passage.recu)}",
        Etape.PARTI: f"parti à {dire_heure(passage.parti)}",
    }[passage.etape]
    detail = libelle("motif_accueil", passage.motif)
    avant = ", avant les autres" if passage.urgence == URGENTE else ""
    return f"{numero[:1].upper()}{numero[1:]}{avant} : {fait}", detail


def dire_la_file(passages: int, partis: int) -> str:
    """« 2 personnes sont là, 5 sont reparties. »"""
    la = FILE_VIDE if not passages else f"{passages} {'personne est là' if passages == 1 else 'personnes sont là'}."
    if not partis:
        return la
    return f"{la} {partis} {'est repartie' if partis == 1 else 'sont reparties'} depuis ce matin."


def dire_le_delai(document: Mapping[str, Any], mois_du_plan: int | None, jour: date | None, aujourd_hui: date) -> str:
    """Le délai légal de réception de ce dossier, et si ce rendez-vous le tient. ``jour`` : le sien, s'il y en a un."""
    delai = delai_de_reception(_date(document, "demande.date_reception"), mois_du_plan)
    if delai.agir_avant is None or delai.fin_possible is None:
        return SANS_ENREGISTREMENT
    if delai.plan_connu:
        dit = f"Délai de réception de ce territoire (CCH L441-2-8) : avant le {dire_date(delai.agir_avant)}."
    else:
        dit = (
            f"{A_LA_LOI} Recevez avant le {dire_date(delai.agir_avant)} ; fin possible : "
            f"{dire_date(delai.fin_possible)}."
        )
    if jour is None:
        return dit if aujourd_hui <= delai.fin_possible else f"{dit} {DELAI_PASSE}"
    tenu = {True: "Ce rendez-vous le tient.", False: "Ce rendez-vous ne le tient pas.", None: ""}[delai.tenu_par(jour)]
    return f"{dit} {tenu}".strip()


def bornes(sejour: str, jour: date) -> tuple[date, date]:
    """Le premier et le dernier jour de la vue : un jour, du lundi au dimanche, un mois entier."""
    if sejour == "semaine":
        lundi = jour - timedelta(jour.weekday())
        return lundi, lundi + timedelta(6)
    if sejour == "mois":
        premier = jour.replace(day=1)
        return premier, (premier + timedelta(32)).replace(day=1) - timedelta(1)
    return jour, jour


def tourner(sejour: str, jour: date, pas: int) -> date:
    """Le jour montré après être passé à la vue d'avant ou d'après."""
    debut, fin = bornes(sejour, jour)
    return fin + timedelta(1) if pas > 0 else debut - timedelta(1)


def dire_la_vue(sejour: str, jour: date) -> str:
    """« Semaine du 7 décembre 2026 »."""
    debut, _ = bornes(sejour, jour)
    if sejour == "semaine":
        return f"Semaine du {dire_date_longue(debut)}"
    dit = dire_mois(jour) if sejour == "mois" else dire_jour(jour)
    return dit[:1].upper() + dit[1:]


def dire_combien(nombre: int, montres: int) -> str:
    """« 12 créneaux pris. » ; s'ils ne tiennent pas tous, comment voir le reste."""
    if not nombre:
        return AUCUN
    dit = f"{nombre} {'créneau pris' if nombre == 1 else 'créneaux pris'}."
    return dit if montres == nombre else f"{dit} Les {montres} premiers se lisent ici : voyez un jour, ou une semaine."


def dire_conflit(conflit: Conflit) -> str:
    """Deux créneaux pris en même temps, sans nommer personne."""
    un, autre = (dire_ligne(ligne, avec_le_jour=True)[0] for ligne in (conflit.un, conflit.autre))
    return f"{un[:1].upper()}{un[1:]} ; {autre}"


def _date(document: Mapping[str, Any], chemin: str) -> date | None:
    dite = lire(dict(document), chemin)
    try:
        return date.fromisoformat(dite) if isinstance(dite, str) else None
    except ValueError:
        return None
