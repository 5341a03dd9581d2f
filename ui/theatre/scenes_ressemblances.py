"""Sans registre : qui est-ce, n'est-elle pas déjà ici ; comparer, choisir, réunir, annuler. Tout est fictif."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from modele.dossier.documents import identifiant
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.ecrans.doublons.verification import OUVRIR, PageVerification

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

NOM, PRENOMS, NAISSANCE = "DIALLO", "Aminata", "14/05/1990"
_DEJA: Final[dict[str, Any]] = {
    "demandeur": {"nom": NOM, "prenoms": PRENOMS, "date_naissance": "1990-05-14"},
    "contact": {"telephone": "0600000001"},
}


def taper(page: PageVerification, nom: str = "", prenoms: str = "", naissance: str = "") -> None:
    """Tape l'identité, touche après touche, dans les champs de la page."""
    for champ, mot in ((page.nom, nom), (page.prenoms, prenoms), (page.naissance, naissance)):
        if mot:
            champ.ligne.setFocus(Qt.FocusReason.OtherFocusReason)
            champ.ligne.selectAll()
            QTest.keyClicks(champ.ligne, mot)


def scenes_des_ressemblances(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Une personne déjà là, que « zz » ne trouve pas ; un second dossier, ouvert quand même, puis réuni."""
    joueur.session.creer_dossier({**_DEJA, "id": identifiant()}, lambda _: None)
    joueur.attendre()
    joueur.aller("accueil")
    joueur.aller("doublons", saisie="zz")
    yield "nouvelle-demande", joueur.fenetre
    ecran = cast(EcranDoublons, joueur.ecran)
    joueur.presser(OUVRIR)
    yield "nouvelle-demande-faute", joueur.fenetre
    taper(ecran.verification, NOM, PRENOMS, "14/05/1991")
    joueur.attendre()
    yield "nouvelle-demande-ressemble", joueur.fenetre
    joueur.presser(OUVRIR)
    yield "nouvelle-demande-regardez", joueur.fenetre
    joueur.presser(OUVRIR)
    joueur.aller_a("demandeur.nom")
    yield "entretien-ressemble", joueur.fenetre
    joueur.aller("doublons")
    yield "ressemblances-ici", joueur.fenetre
    joueur.presser("Comparer")
    yield "ressemblances-comparer", joueur.fenetre
    joueur.presser("C'est la même personne")
    yield "ressemblances-lequel", joueur.fenetre
    page = cast(EcranDoublons, joueur.ecran).comparaison
    for groupe in page.groupes():
        groupe.findChildren(QAbstractButton)[1].click()
    joueur.presser("C'est la même personne")
    yield "ressemblances-confirmer", joueur.fenetre
    joueur.presser("Oui, n'en faire qu'un dossier")
    joueur.aller("doublons")
    yield "ressemblances-reunis", joueur.fenetre
    cast(EcranDoublons, joueur.ecran).annulables.boutons[0].click()
    yield "ressemblances-annuler", joueur.fenetre
    cast(EcranDoublons, joueur.ecran).annulables.boutons[0].click()
    joueur.attendre()
    yield "ressemblances-separes", joueur.fenetre
