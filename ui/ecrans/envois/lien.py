"""Le lien avec le registre : qui, où, depuis quand ; ou de quoi relier ce poste par un code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal

from modele.synchro.etats import EtatEnvois, Lien
from ui.composants import BandeauAlerte, Bouton, Carte, LigneValeur, champ, etiquette_aide, rangee, texte, viser
from ui.mots.envois import A_CONFIRMER, dire_ce_qui_attend_ici, dire_duree, dire_ecart, dire_les_absents
from ui.mots.moments import ecrire_moment
from ui.theme import Ton
from ui.theme.icones import Icone

LIENS: Final = {
    Lien.SANS_REGISTRE: "aucun",
    Lien.JAMAIS_JOINT: "pas encore joint",
    Lien.EN_LIGNE: "en ligne",
    Lien.HORS_LIGNE: "hors ligne",
    Lien.REVOQUE: "accès retiré",
    Lien.TROP_ANCIEN: "Perron à mettre à jour",
}
_A_FAIRE: Final = {
    Lien.REVOQUE: "Le registre n'accepte plus ce poste. Appelez la personne qui tient le registre : elle peut donner"
    " un nouveau code.",
    Lien.TROP_ANCIEN: "Mettez Perron à jour. En attendant, vos saisies restent ici.",
}
_TONS: Final = {Lien.EN_LIGNE: Ton.COURANT, Lien.REVOQUE: Ton.JOUR, Lien.TROP_ANCIEN: Ton.JOUR}
PREMIER_NOM: Final = "accueil 1"
_CODE: Final = "Collez le code d'enrôlement que vous donne la personne qui tient le registre. Il ne sert qu'une fois."
_EFFETS: Final = (
    ("users", "Un dossier se retrouve d'un guichet à l'autre, sans être ressaisi."),
    ("cloud-off", "Sans réseau, rien ne change : tout se saisit ici, et part quand il revient."),
    ("split", "Si deux guichets répondent autrement, les deux réponses restent, et une personne choisit."),
    ("eye-off", "Un dossier discret ne se montre qu'à son guichet, pas même par son existence."),
)


class CarteLien(Carte):
    """Où en est ce poste avec le registre."""

    def __init__(self) -> None:
        super().__init__("Lien avec le registre", icone="link")

    def montrer(self, etat: EtatEnvois, maintenant: datetime) -> None:
        """Change les lignes."""
        self.vider()
        for ligne in _lignes(etat, maintenant):
            self.ajouter(ligne)
        if phrase := _A_FAIRE.get(etat.lien, ""):
            self.ajouter(texte(phrase, ton=Ton.JOUR))
        if etat.absents:
            self.ajouter(texte(dire_les_absents(etat.absents), ton=Ton.JOUR))
        if etat.de_cote:
            self.ajouter(texte(dire_ce_qui_attend_ici(etat.de_cote), ton=Ton.JOUR))
        if etat.a_confirmer:
            self.ajouter(texte(A_CONFIRMER, ton=Ton.JOUR))
        if etat.panne:
            self.ajouter(etiquette_aide(etat.panne))


def _lignes(etat: EtatEnvois, maintenant: datetime) -> Iterator[LigneValeur]:
    yield LigneValeur("État", LIENS[etat.lien], _TONS.get(etat.lien, ""))
    for libelle, valeur in (("Registre", etat.registre.partition("://")[2]), ("Guichet", etat.guichet)):
        if valeur:
            yield LigneValeur(libelle, valeur)
    if etat.dernier_echange is not None:
        yield LigneValeur("Dernier échange", ecrire_moment(etat.dernier_echange, maintenant).removeprefix("à "))
    if etat.prochain is not None and etat.prochain > maintenant:
        yield LigneValeur("Prochain essai", f"dans {dire_duree(etat.prochain - maintenant)}")
    if etat.dernier_echange is not None:
        a_l_heure = not dire_ecart(etat.ecart_horloge)
        sens = "en avance de" if etat.ecart_horloge.total_seconds() > 0 else "en retard de"
        ecart = "à l'heure" if a_l_heure else f"{sens} {dire_duree(abs(etat.ecart_horloge))}"
        yield LigneValeur("Horloge de ce poste", ecart, "" if a_l_heure else Ton.JOUR)


class CarteRelier(Carte):
    """Relier ce poste : un code, et le nom sous lequel les autres guichets le liront. ``demande`` : (code, nom)."""

    demande = Signal(str, str)

    def __init__(self, nom: str) -> None:
        super().__init__("Relier ce poste à un registre", icone="link")
        self.echec = BandeauAlerte()
        self.code = champ("Code d'enrôlement", "Toute la ligne, telle qu'elle vous a été donnée.", exemple="perron://…")
        self.nom = champ("Nom de ce poste", "Ce que liront les autres guichets : « accueil 1 », « bureau 3 »…")
        self.nom.poser(nom)
        self.relier = Bouton("Relier ce poste", self._demander, genre="principal", icone="link", montre="Return")
        self.ajouter(texte(_CODE), self.echec, self.code, self.nom, rangee(self.relier, 1))
        for un in (self.code, self.nom):
            un.entree.connect(self._demander)

    def oublier(self) -> None:
        """Un code ne reste pas à l'écran."""
        self.code.poser(None)
        self.echec.taire()
        self.attendre(False)

    def proposer(self, code: str) -> None:
        """Un code collé avant que le coffre n'existe : ce poste se relie, sous le nom qu'il a ou « accueil 1 »."""
        self.code.poser(code)
        self.nom.poser(self.nom.contenu.strip() or PREMIER_NOM)
        self._demander()

    def dire_echec(self, phrase: str) -> None:
        """Dit pourquoi le poste n'est pas relié ; ce qui est tapé reste."""
        self.attendre(False)
        self.echec.dire(phrase, Ton.IMMEDIAT)
        viser(self.code)

    def attendre(self, attente: bool) -> None:
        """Pendant que le registre répond, le bouton le dit."""
        self.relier.setEnabled(not attente)
        self.relier.renommer("Le registre répond…" if attente else "Relier ce poste")

    def _demander(self) -> None:
        code, nom = self.code.contenu.strip(), self.nom.contenu.strip()
        manquant = self.code if not code else self.nom if not nom else None
        if manquant is not None:
            manquant.dire_faute("À remplir pour relier ce poste.")
            viser(manquant)
        elif self.relier.isEnabled():
            self.echec.taire()
            self.attendre(True)
            self.demande.emit(code, nom)


class CarteEffets(Carte):
    """Ce que change un registre, avant de s'y relier."""

    def __init__(self) -> None:
        super().__init__("Ce que cela change")
        for icone, phrase in _EFFETS:
            ligne = rangee(Icone(icone, Ton.ACTION), texte(phrase), ecart=3)
            ligne.setStretch(1, 1)
            self.ajouter(ligne)
        self.ajouter(etiquette_aide("Ce qui est déjà saisi ici partira aussi."))
