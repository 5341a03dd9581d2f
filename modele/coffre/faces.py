"""Les faces d'un coffre : chacune un sujet, sur la même base et la même heure. L'écran dit ``coffre.droits.noter(…)``.

Une face de plus se range aussi dans ``tests/modele/coffre/outils_ecartes.py`` : ce qu'en voit un écarté.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from modele.coffre.agenda import Agenda
from modele.coffre.base import Base
from modele.coffre.candidats import Candidats
from modele.coffre.cles import Cout
from modele.coffre.conference import Conferences
from modele.coffre.contingents import Contingents
from modele.coffre.droits import Droits
from modele.coffre.ecarts import Ecarts
from modele.coffre.echanges import Echanges
from modele.coffre.evitements import Evitements
from modele.coffre.file_du_jour import FileDuJour
from modele.coffre.gerance import Comptes
from modele.coffre.informations import Informations
from modele.coffre.levees import Levees
from modele.coffre.memes import Memes
from modele.coffre.porte_discrete import Porte
from modele.coffre.portee import Portees
from modele.coffre.rapports import Rapports
from modele.coffre.remises import Remises
from modele.coffre.seances import Seances
from modele.coffre.taches import Taches


class Faces:
    """``cle`` et ``agent`` : ceux du coffre, relus à chaque geste."""

    def __init__(
        self,
        base: Base,
        horloge: Callable[[], datetime],
        cle: Callable[[], bytes],
        agent: Callable[[], str],
        cout: Cout,
    ) -> None:
        # Ce que la synchronisation lit et écrit.
        self.echanges = Echanges(base, horloge)
        # La porte « seul à seul » des dossiers discrets, et les avis qu'elle donne.
        self.porte = Porte(base, horloge)
        # Ce qu'une personne demande de ce qui est gardé d'elle.
        self.droits = Droits(base, horloge)
        # Lever la discrétion, à deux et en deux jours.
        self.levees = Levees(base, horloge)
        # Les comptes des agents de ce poste.
        self.comptes = Comptes(base, cle, agent, cout, horloge)
        # L'information : reçue du registre, donnée à chacun.
        self.informations = Informations(base, horloge)
        # Qui n'ouvre jamais un dossier.
        self.ecarts = Ecarts(base, horloge)
        # À portée du registre ou non.
        self.portee = Portees(base, horloge)
        # La même personne, deux fois ici.
        self.memes = Memes(base, horloge)
        # L'année comptée, et son rapport figé.
        self.rapports = Rapports(base, horloge)
        # Un dossier remis à un autre lieu.
        self.remises = Remises(base, horloge)
        # Les rendez-vous, ce qu'ils tiennent à part, la file du jour.
        self.agenda = Agenda(base, horloge)
        self.evitements = Evitements(base, horloge)
        self.file = FileDuJour(base, horloge)
        # Ce qui est à faire dans tous les dossiers, et ce qui est remis à plus tard.
        self.taches = Taches(base, horloge)
        # Les conventions de réservation, les passages en flux, les fichiers des bailleurs.
        self.contingents = Contingents(base, horloge)
        # Les engagements de la conférence, ses dossiers figés.
        self.conference = Conferences(base, horloge)
        # Les candidats d'un logement : leurs lignes, ce qu'une personne choisit.
        self.candidats = Candidats(base, horloge)
        # Les séances d'une commission : qui siège, les candidats sous leur référence, ce qui se décide.
        self.seances = Seances(base, horloge)
