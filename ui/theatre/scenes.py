"""Les écrans et leurs états marquants, l'un après l'autre, joués comme l'agent les rencontre.

Les captures (``ui.theatre.captures``) et les essais de présentation s'en servent : un écran ajouté s'ajoute ici.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QScrollArea

from modele.coffre.portee import Portee
from modele.dossier.documents import identifiant
from ui.cadre.aide import Aide, ouvrir_l_aide
from ui.cadre.gestes import palette as palette_de
from ui.cadre.page_neutre import PageNeutre, PageVerrou
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.ouverture.code_secours import MontrerCode
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.ecrans.ouverture.ecran import EcranOuverture
from ui.ecrans.ouverture.territoire import ChoixTerritoire
from ui.theatre.demonstration import ajouter_enfant, premier_contact
from ui.theatre.scenes_a_reporter import scenes_a_reporter
from ui.theatre.scenes_agents import scenes_des_agents
from ui.theatre.scenes_contingents import scenes_des_contingents
from ui.theatre.scenes_droits import scenes_des_droits
from ui.theatre.scenes_echeances import scenes_des_echeances
from ui.theatre.scenes_ecran_demandeur import scenes_ecran_demandeur
from ui.theatre.scenes_envois import scenes_des_envois
from ui.theatre.scenes_formation import scenes_de_la_formation
from ui.theatre.scenes_imprimer import scenes_imprimer
from ui.theatre.scenes_information import scenes_de_l_information
from ui.theatre.scenes_lieux import scenes_des_lieux
from ui.theatre.scenes_rapport import scenes_du_rapport
from ui.theatre.scenes_recours import scenes_des_recours
from ui.theatre.scenes_reglages import scenes_des_reglages
from ui.theatre.scenes_remises import scenes_des_remises
from ui.theatre.scenes_rendez_vous import scenes_des_rendez_vous
from ui.theatre.scenes_reperes import scenes_des_reperes
from ui.theatre.scenes_ressemblances import scenes_des_ressemblances
from ui.theatre.scenes_saisine import scenes_saisine
from ui.theatre.scenes_seul_a_seul import scenes_seul_a_seul
from ui.theatre.scenes_suppressions import scenes_des_suppressions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Trouve
    from ui.theatre.joueur import Joueur

Vue = tuple[str, "QWidget"]
MOT_DE_PASSE: Final = "quatre mots sans lien"
_DISQUE: Final = "Le disque est plein. Libérez de la place, puis réessayez : rien de ce qui est à l'écran n'est perdu."
_ABIME: Final = "Le coffre de ce poste est abîmé. Ne l'effacez pas : appelez la personne qui tient les sauvegardes."


def scenes(joueur: Joueur) -> Iterator[Vue]:
    """Le nom et la fenêtre de chaque état, sur un poste neuf. L'état tient jusqu'à la demande suivante."""
    yield from _premier_lancement(joueur)
    _entrer(joueur)
    yield "accueil-vide", _accueil(joueur)
    yield from _accueil_garni(joueur)
    yield from _contact(joueur)
    yield from _entretien(joueur)
    yield from _resultats(joueur)
    yield from _a_part(joueur)
    yield from scenes_a_reporter(joueur, heberge())
    yield from scenes_des_recours(joueur, heberge())
    _ouvrir(joueur, heberge())
    yield from scenes_saisine(joueur, heberge())
    yield from scenes_de_l_information(joueur)
    _ouvrir(joueur, heberge())
    yield from scenes_des_droits(joueur)
    _ouvrir(joueur, heberge())
    yield from scenes_des_remises(joueur)
    yield from scenes_des_suppressions(joueur)
    yield from scenes_seul_a_seul(joueur, heberge())
    yield from scenes_des_echeances(joueur, heberge())
    yield from scenes_des_rendez_vous(joueur, heberge())
    yield from scenes_ecran_demandeur(joueur, heberge())
    yield from scenes_des_ressemblances(joueur)
    _ouvrir(joueur, heberge())
    yield from scenes_des_envois(joueur, joueur.session.document)
    yield from scenes_des_reglages(joueur)
    yield from scenes_des_lieux(joueur)
    yield from _a_remplir(joueur)
    yield from _territoires(joueur)
    yield from scenes_du_rapport(joueur)
    yield from scenes_des_contingents(joueur)
    yield from scenes_des_agents(joueur)
    yield from scenes_de_la_formation(joueur)
    yield from _couvertures(joueur)
    yield from _retour(joueur)


def _a_remplir(joueur: Joueur) -> Iterator[Vue]:
    """Ce que la structure écrit : vide, puis ce qui y manque."""
    for ecran, geste in (("contacts", "Enregistrer"), ("mentions", "Inscrire")):
        joueur.aller(ecran)
        yield ecran, joueur.fenetre
        joueur.presser(geste)
        yield f"{ecran}-manque", joueur.fenetre


def _premier_lancement(joueur: Joueur) -> Iterator[Vue]:
    fenetre = joueur.fenetre
    joueur.aller("ouverture")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranOuverture)
    territoire = ecran.etapes.pages[0]
    assert isinstance(territoire, ChoixTerritoire)
    territoire.finie.emit()
    for page in ecran.etapes.pages:
        etape: Any = page
        if isinstance(etape, MontrerCode):
            etape.montrer("K7QF-ABCD-EFGH-JKMN-PQRS-TUVW")
        ecran.montrer(etape)
        yield f"ouverture-{type(etape).__name__.lower()}", fenetre


def _entrer(joueur: Joueur) -> None:
    session = joueur.session
    session.regler(session.preferences._replace(territoire="metropole-exemple"))
    session.creer("Ana Martin", MOT_DE_PASSE, lambda _: session.entrer(), _impossible)
    joueur.attendre()


def _impossible(phrase: str) -> None:
    raise RuntimeError(phrase)


def _accueil(joueur: Joueur, saisie: str = "") -> QWidget:
    joueur.aller("accueil")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    if saisie:
        ecran.recherche.setText(saisie)
        ecran.chercher(saisie)
        joueur.attendre()
    return joueur.fenetre


def _accueil_garni(joueur: Joueur) -> Iterator[Vue]:
    session = joueur.session
    session.ajouter_exemples(lambda _: None, pour=session)
    joueur.attendre()

    def ouvrir(trouves: list[Trouve]) -> None:
        session.ouvrir_dossier(trouves[0].dossier, lambda _: None)

    session.rechercher("moreau", ouvrir, pour=session)
    joueur.attendre()
    session.brouillon("logement_actuel.surface", "3 pièces")
    joueur.attendre()
    yield "accueil", _accueil(joueur)
    yield "accueil-recherche", _accueil(joueur, "benali mouhamed 1984")
    yield "accueil-inconnu", _accueil(joueur, "zzyzx")
    yield "accueil-papier", _accueil(joueur, "PERRON-14069-05-1")
    palette = palette_de(joueur.fenetre)
    for nom, saisie in (("palette", "ta"), ("palette-rien", "zzyzx")):
        palette.open()
        palette.saisie.ligne.setText(saisie)
        palette.chercher(saisie)
        joueur.attendre()
        yield nom, palette
    palette.close()
    ouvrir_l_aide(joueur.fenetre)
    (aide,) = joueur.fenetre.findChildren(Aide)
    yield "aide", aide
    aide.close()
    joueur.aller("dossiers")
    yield "dossiers", joueur.fenetre
    joueur.presser("Prochaine échéance")
    yield "dossiers-echeances", joueur.fenetre


def _contact(joueur: Joueur) -> Iterator[Vue]:
    joueur.aller("triage")
    yield "triage-question", joueur.fenetre
    premier_contact(joueur)
    yield "triage-resultat", joueur.fenetre
    joueur.fenetre.masquer(None)
    joueur.attendre()
    yield "masque", joueur.fenetre
    joueur.fenetre.demasquer()
    joueur.attendre()


def _entretien(joueur: Joueur) -> Iterator[Vue]:
    fenetre = joueur.fenetre
    joueur.presser("Poursuivre : ouvrir le dossier")
    yield "entretien-neuf", fenetre
    joueur.taper("demandeur.nom", "Exemple")
    joueur.taper("demandeur.prenoms", "Karim")
    joueur.aller_a("demandeur.nom")
    yield "entretien-texte", fenetre
    joueur.taper("demandeur.date_naissance", "14/03/1911")
    joueur.aller_a("demandeur.date_naissance")
    yield "entretien-date-alerte", fenetre
    joueur.session.modifier({"demandeur.date_naissance": "1988-03-14"})
    joueur.repondre("demandeur.nationalite", "Française")
    joueur.aller_a("demandeur.titre_sejour")
    joueur.aller_a("demandeur.situation_familiale")
    yield "entretien-formulaire", fenetre
    joueur.repondre("demandeur.situation_familiale", "Célibataire")
    joueur.repondre("demande.deja_enregistree", "Non")
    joueur.repondre("foyer.avec_codemandeur", "Non")
    ajouter_enfant(joueur, "Sami", "02/09/2018")
    joueur.aller_a("foyer.personnes")
    yield "entretien-liste", fenetre
    joueur.repondre("demande.motifs", "Sans logement, hébergé ou en logement temporaire")
    yield "entretien-coches", fenetre
    joueur.aller_a("contact.adresse_courrier")
    yield "entretien-adresse", fenetre
    joueur.aller_a("recherche.communes")
    joueur.ecrire("col")
    yield "entretien-communes", fenetre
    yield from _fin(joueur)
    joueur.repondre("logement_actuel.statut", "Dehors, dans une voiture, sous une tente")
    joueur.presser("Pourquoi cette question ?")
    yield "entretien-pourquoi", fenetre
    joueur.presser("Pourquoi cette question ?")
    yield "entretien", fenetre
    joueur.session.saisie_bloquee.emit(_DISQUE)
    yield "entretien-echec", fenetre
    joueur.session.saisie_libre.emit()
    joueur.session.modifier({"demandeur.nom": "Exemple"})
    joueur.attendre()


def _fin(joueur: Joueur) -> Iterator[Vue]:
    """Les pièces, puis la page de fin."""
    joueur.aller_a("logement_actuel.danger_immediat")
    joueur.aller_a("pieces")
    yield "entretien-pieces", joueur.fenetre
    joueur.aller_a("demandeur.nom")
    joueur.presser("Relire, changer")
    yield "entretien-relire", joueur.fenetre
    joueur.presser("3. Date de naissance : 14/03/1988")
    yield "entretien-detour", joueur.fenetre
    joueur.finir_l_entretien()
    yield "entretien-fin", joueur.fenetre


def _resultats(joueur: Joueur) -> Iterator[Vue]:
    fenetre = joueur.fenetre
    joueur.aller("cotation")
    yield "cotation-debut", fenetre
    joueur.aller("orientation", voie="sans-abri-enfant")
    yield "orientation", fenetre
    yield from scenes_imprimer(joueur)
    _ouvrir(joueur, heberge())
    joueur.aller("entretien", dossier=joueur.session.dossier_id, chemin="logement_actuel.statut")
    yield "entretien-precision", fenetre
    joueur.aller("cotation")
    yield "cotation", fenetre
    joueur.aller("suivi")
    joueur.attendre()
    yield "suivi", fenetre
    joueur.aller("suivi", chemin="logement_actuel.statut")
    joueur.attendre()
    yield "suivi-reponse", fenetre
    yield from scenes_des_reperes(joueur)
    joueur.aller("orientation", voie=joueur.bilan.voies_retenues[1].id)
    yield "orientation-heberge", fenetre
    joueur.aller("orientation", voie="expulsion-jugement")
    yield "orientation-expulsion", fenetre
    # Ce qui reste possible est en bas de page.
    zone = joueur.ecran.findChild(QScrollArea)
    assert zone is not None
    zone.verticalScrollBar().setValue(zone.verticalScrollBar().maximum())
    yield "orientation-possible", fenetre


def _a_part(joueur: Joueur) -> Iterator[Vue]:
    """Ce qui ne s'écrit pas dans le dossier d'un couple."""
    _ouvrir(joueur, couple())
    joueur.aller("entretien", dossier=joueur.session.dossier_id)
    joueur.repondre("demande.motifs", "Violences")
    yield "entretien-distinct", joueur.fenetre
    joueur.presser("Revenir sans rien écrire")


def _territoires(joueur: Joueur) -> Iterator[Vue]:
    session = joueur.session
    for territoire, nom in (("toulouse-metropole", "toulouse"), ("clermont-auvergne-metropole", "clermont")):
        session.regler(session.preferences._replace(territoire=territoire))
        session.charger_regles()
        joueur.attendre()
        joueur.atelier.preparer()
        joueur.attendre()
        document = heberge() | {"territoire": territoire}
        _ouvrir(joueur, document)
        joueur.aller("entretien", dossier=session.dossier_id, chemin="logement_actuel.statut")
        yield f"entretien-{nom}", joueur.fenetre
        joueur.aller("cotation")
        yield f"cotation-{nom}", joueur.fenetre
    session.regler(session.preferences._replace(territoire="metropole-exemple"))
    session.charger_regles()
    joueur.attendre()


def _couvertures(joueur: Joueur) -> Iterator[Vue]:
    for nom, page in (("page-neutre", PageNeutre("Calendrier", date(2026, 11, 23))), ("verrou", PageVerrou("Perron"))):
        page.setWindowModality(page.windowModality().NonModal)
        page.resize(1366, 768)
        page.reprise.choix.proposer(joueur.session.agents(), joueur.session.agent)
        page.show()
        yield nom, page
        page.lever()
        page.deleteLater()


def _retour(joueur: Joueur) -> Iterator[Vue]:
    """Le poste a un coffre : déverrouiller, se tromper, oublier, trouver un coffre abîmé."""
    joueur.session.fermer()
    joueur.aller("ouverture")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranOuverture)
    ouvrir = ecran.etapes.pages[0]
    assert isinstance(ouvrir, Deverrouiller)
    yield "ouverture-deverrouiller", joueur.fenetre
    ouvrir.absent.bouton.click()
    yield "ouverture-nom-absent", joueur.fenetre
    ouvrir.absent.bouton.click()
    ouvrir.choix.liste.setCurrentIndex(0)
    ouvrir.mot_de_passe.ligne.setText("faux")
    joueur.presser("Ouvrir")
    yield "ouverture-faux", joueur.fenetre
    ouvrir.dire_echec(_ABIME)
    yield "ouverture-abime", joueur.fenetre
    ouvrir.echec.taire()
    loin = Portee(datetime(2026, 11, 22, 9).astimezone(), 7, datetime(2026, 11, 30, 9).astimezone())
    joueur.session.hors_de_portee.emit(loin.dire(), "", "")
    joueur.attendre()
    yield "ouverture-hors-de-portee", joueur.fenetre
    ecran.montrer(ouvrir)
    ouvrir.oublie.emit()
    joueur.attendre()
    yield "ouverture-secours", joueur.fenetre


def _ouvrir(joueur: Joueur, document: dict[str, Any]) -> None:
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()


def heberge() -> dict[str, Any]:
    """Un parent hébergé chez un tiers, demande datée, avec une fille mineure. Tout est fictif."""
    enfant = {"prenoms": "Inès", "nom": "MOREL", "date_naissance": "2015-04-02", "lien": "enfant", "a_charge": True}
    return {
        "id": identifiant(),
        "territoire": "metropole-exemple",
        "demande": {
            "type": "premiere",
            "deja_enregistree": True,
            "date_reception": "2025-11-10",
            "numero_unique": "EXEMPLE1125000173",
        },
        "demandeur": {"civilite": "madame", "nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
        "foyer": {"avec_codemandeur": False, "personnes": {"elements": {identifiant(): enfant}, "clos": True}},
        "logement_actuel": {"statut": "chez_particulier", "depuis": "2026-02-01"},
        "expulsion": {"etape": "jugement"},
    }


def couple() -> dict[str, Any]:
    """Un couple demandeur. Tout est fictif."""
    return {
        "id": identifiant(),
        "territoire": "metropole-exemple",
        "demandeur": {"civilite": "monsieur", "nom": "LEFORT", "prenoms": "Marius", "date_naissance": "1985-02-03"},
        "codemandeur": {"civilite": "madame", "nom": "LEFORT", "prenoms": "Salima", "date_naissance": "1990-07-08"},
        "foyer": {"avec_codemandeur": True},
        "protection": {"seul_a_seul": True},
    }
