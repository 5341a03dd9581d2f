"""Le droit dit dans une langue : les mêmes conditions, les mêmes numéros, les mêmes dates, d'autres mots.

Rien ici ne lit de fichier (``langues``). Ce qu'une langue ne redit pas reste en français, marqué : le papier ôte la
marque et le dit à l'agent (``modele.regles.traduction``) ; ``manques`` en fait la liste.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from modele.chargement.mots_du_territoire import FAIT, MotsDuTerritoire, redits
from modele.cotation.grille import Grille
from modele.dossier.contradictions import RegleContradiction
from modele.dossier.faits_bruts import nomenclatures_des_faits
from modele.dossier.nomenclatures import Nomenclatures, nationales
from modele.dossier.pieces import Piece
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Question, Section
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import ContactAttendu
from modele.orientation.regles import RegleOrientation
from modele.orientation.regles_echeances import Depart, RegleEcheance, Terme
from modele.regles.faits import Fait
from modele.regles.langues import langue as langue_de
from modele.regles.traduction import Traduction, non_redit
from modele.territoire.modele import Territoire

PHRASES: Final = ("libelle", "libelle_discret")
LISTES: Final = ("gestes", "a_dire", "a_eviter")
ECHEANCES: Final = {"echeances": "libelle", "echeances_ensuite": "ensuite", "echeances_apres": "apres"}
PIECE: Final = ("libelle", "note")
QUESTION: Final = ("dire", "officiel", "pourquoi", "court")
CONTACT: Final = ("libelle", "horaires", "quand")
ATTENDU: Final = ("libelle", "en_attendant")


@dataclass(frozen=True, slots=True)
class MotsDuDroit:
    """Les mots d'une langue. ``codes`` : par liste, puis code. ``echeances`` : par voie, puis phrase, puis échéance.

    ``voies``, ``pieces``, ``contacts``, ``attendus`` : par identifiant, les champs redits. ``questions`` : par section.
    ``lieu`` : ceux du territoire. ``etats`` : où en est chaque fichier, par nom.
    """

    id: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    voies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    echeances: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    pieces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    contradictions: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    attendus: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lieu: MotsDuTerritoire = field(default_factory=MotsDuTerritoire)
    etats: Mapping[str, Traduction] = field(default_factory=dict)

    @property
    def sures(self) -> bool:
        """Vrai si quelqu'un répond de chacun de ces mots."""
        return all(etat.sure for etat in self.etats.values())

    def reste(self, francais: str) -> str:
        """Ce que rien ne redit ici : marqué, sauf dans un autre français."""
        return francais if langue_de(self.id).francaise else non_redit(francais)

    def nomenclatures_dites(self, nomenclatures: Nomenclatures) -> Nomenclatures:
        """Les mêmes listes, leurs libellés redits."""
        return {
            nom: replace(
                liste,
                codes={
                    code: replace(un, libelle=self._code(nom, un.code, un.libelle)) for code, un in liste.codes.items()
                },
            )
            for nom, liste in nomenclatures.items()
        }

    def _code(self, liste: str, code: str, francais: str) -> str:
        return self.codes.get(liste, {}).get(code) or self.reste(francais)

    def fait_dit(self, fait: Fait) -> Fait:
        """Le même fait : sa définition, sa question et ses codes redits."""
        local = self.lieu.faits.get(fait.nom, {})
        dits = {"definition": self.definitions[fait.nom]} if fait.nom in self.definitions else {}
        liste = nationales().get(nomenclatures_des_faits().get(fait.nom, "")) if not fait.libelles else None
        dite = redits(fait, (*FAIT, "libelles"), {**dits, **local}, self.reste)
        if liste is None:
            return dite
        connus = {code: un.libelle for code, un in liste.codes.items()}
        libelles = (self._code(liste.id, code, connus.get(code) or fait.libelle(code)) for code in fait.codes)
        return replace(dite, libelles=tuple(libelles))

    def questionnaire_dit(self, questionnaire: Questionnaire) -> Questionnaire:
        """Les mêmes questions, dans le même ordre, redites."""
        return Questionnaire(tuple(map(self._section_dite, questionnaire.sections)))

    def _section_dite(self, section: Section) -> Section:
        dites = self.questions.get(section.id, {})
        return replace(section, questions=tuple(self._question(une, dites) for une in section.questions))

    def _question(self, question: Question, dites: Mapping[str, Mapping[str, Any]]) -> Question:
        """Une question locale est celle que dit son fait ; un nom de colonne non redit cède au nom officiel, redit."""
        local = self.lieu.faits.get(question.champ, {})
        dits = {"dire": local["question"]} if "question" in local else dict(dites.get(question.id, {}))
        if "officiel" in dits:
            dits.setdefault("court", "")
        return redits(question, QUESTION, dits, self.reste)

    def voie_dite(self, regle: RegleOrientation) -> RegleOrientation:
        """La même voie : mêmes conditions, mêmes numéros, d'autres mots."""
        echeances = tuple(self._echeance(une, self.echeances.get(regle.id, {})) for une in regle.echeances)
        dite = redits(regle, (*PHRASES, *LISTES), self.voies.get(regle.id, {}), self.reste)
        return replace(dite, echeances=echeances)

    def _echeance(self, echeance: RegleEcheance, dites: Mapping[str, Mapping[str, str]]) -> RegleEcheance:
        lectures = tuple(replace(une, terme=self._terme(une.terme)) for une in echeance.lectures)
        dits: dict[str, Any] = {cle: dits[echeance.id] for cle, dits in dites.items() if echeance.id in dits}
        return replace(redits(echeance, tuple(ECHEANCES.values()), dits, self.reste), lectures=lectures)

    def _terme(self, terme: Terme) -> Terme:
        fait = terme.depart.fait
        return terme if fait is None else replace(terme, depart=Depart(self.fait_dit(fait)))

    def piece_dite(self, piece: Piece) -> Piece:
        """La même pièce, ses mots redits."""
        return redits(piece, PIECE, self.pieces.get(piece.id, {}), self.reste)

    def contradiction_dite(self, regle: RegleContradiction) -> RegleContradiction:
        """La même contradiction, sa phrase redite."""
        return replace(regle, phrase=self.contradictions.get(regle.id) or self.reste(regle.phrase))

    def contacts_dits(self, contacts: Mapping[str, Contact]) -> Mapping[str, Contact]:
        """Les mêmes numéros, leurs mots redits."""
        return {nom: redits(un, CONTACT, self.contacts.get(nom, {}), self.reste) for nom, un in contacts.items()}

    def attendu_dit(self, attendu: ContactAttendu) -> ContactAttendu:
        """Le même contact manquant : les mêmes numéros en attendant, d'autres mots."""
        return redits(attendu, ATTENDU, self.attendus.get(attendu.id, {}), self.reste)

    def grille_dite(self, grille: Grille) -> Grille:
        """La même grille : les mêmes points, d'autres mots."""
        return self.lieu.grille_dite(grille, self.fait_dit, self.reste)

    def territoire_dit(self, territoire: Territoire) -> Territoire:
        """Le même territoire : ses contacts et ses horaires redits."""
        return self.lieu.territoire_dit(territoire, self.reste, self.id)
