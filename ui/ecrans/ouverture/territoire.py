"""Premier lancement : le territoire du poste."""

from __future__ import annotations

from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bouton, GroupeChoix, Option, champ, viser
from ui.ecrans.ouverture.etape import Etape
from ui.etat.session import Session
from ui.mots.territoires import offrir

PAR_UN_CODE = "par un code"


class ChoixTerritoire(Etape):
    """Les territoires livrés, l'exemple d'abord, dit fictif ; ou celui d'un registre, que dit son code d'enrôlement.

    ``invitation`` : ce code, collé ; il sert dès que le coffre existe.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Où se trouve ce poste ?",
            "Le territoire donne les communes, la grille de cotation et les numéros locaux.",
            session,
        )
        offerts = offrir()
        livres = [Option(t.id, t.libelle, t.detail) for t in offerts]
        autre = Option(PAR_UN_CODE, "Celui de mon registre", "J'ai un code d'enrôlement : il dit le territoire.")
        self.choix = GroupeChoix("Territoire", [*livres, autre])
        self.code = champ("Code d'enrôlement", "Toute la ligne, telle qu'elle vous a été donnée.", exemple="perron://…")
        self.code.hide()
        self.invitation = ""
        self.ajouter(self.choix, self.code)
        self.boutons(suite=Bouton("Continuer", self._continuer, genre="principal", montre="Return"))
        self.choix.entree.connect(self._continuer)
        self.code.entree.connect(self._continuer)
        self.choix.choisi.connect(lambda choix: self.code.setVisible(choix == PAR_UN_CODE))
        connu = session.preferences.territoire in {un.id for un in offerts}
        self.choix.poser(session.preferences.territoire if connu else offerts[0].id)

    def paraitre(self) -> None:
        self.choix.focus_initial()

    def _continuer(self) -> None:
        territoire, self.invitation = self.choix.valeur(), ""
        if territoire == PAR_UN_CODE:
            from modele.synchro.enrolement import lire_invitation

            try:
                territoire = lire_invitation(self.code.contenu).territoire
            except ErreurUtilisateur as faute:
                self.code.dire_faute(str(faute))
                viser(self.code)
                return
            self.invitation = self.code.contenu
        self.session.regler(self.session.preferences._replace(territoire=territoire))
        self.finie.emit()
