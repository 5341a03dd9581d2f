"""Le droit dit dans une langue : les mêmes conditions, les mêmes numéros, les mêmes dates, d'autres mots.

Rien ici ne lit de fichier (``langues``) ; ce qu'une langue ne redit pas reste en français, et se compte (``manques``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modele.chargement.mots_du_territoire import MotsDuTerritoire
from modele.cotation.grille import Grille
from modele.dossier.contradictions import RegleContradiction
from modele.dossier.faits_bruts import nomenclatures_des_faits
from modele.dossier.nomenclatures import Nomenclatures
from modele.dossier.pieces import Piece
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Question, Section
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import ContactAttendu
from modele.orientation.regles import RegleOrientation
from modele.orientation.regles_echeances import Depart, RegleEcheance, Terme
from modele.regles.faits import Fait
from modele.regles.traduction import Traduction
from modele.territoire.modele import Territoire


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

    def nomenclatures_dites(self, nomenclatures: Nomenclatures) -> Nomenclatures:
        """Les mêmes listes, leurs libellés redits."""
        return {
            nom: replace(
                liste,
                codes={
                    code: replace(un, libelle=self.codes.get(nom, {}).get(code, un.libelle))
                    for code, un in liste.codes.items()
                },
            )
            for nom, liste in nomenclatures.items()
        }

    def fait_dit(self, fait: Fait) -> Fait:
        """Le même fait : sa définition, sa question et ses codes redits."""
        local = self.lieu.faits.get(fait.nom, {})
        codes = {} if fait.libelles else self.codes.get(nomenclatures_des_faits().get(fait.nom, ""), {})
        redits = {**local, "libelles": local.get("libelles", fait.libelles)}
        if codes:
            redits["libelles"] = tuple(codes.get(code, code.replace("_", " ")) for code in fait.codes)
        return replace(fait, **{"definition": self.definitions.get(fait.nom, fait.definition), **redits})

    def questionnaire_dit(self, questionnaire: Questionnaire) -> Questionnaire:
        """Les mêmes questions, dans le même ordre, redites."""
        return Questionnaire(tuple(map(self._section_dite, questionnaire.sections)))

    def _section_dite(self, section: Section) -> Section:
        dites = self.questions.get(section.id, {})
        return replace(section, questions=tuple(self._question(une, dites) for une in section.questions))

    def _question(self, question: Question, dites: Mapping[str, Mapping[str, Any]]) -> Question:
        """Une question locale est celle que dit son fait ; un nom de colonne non redit cède au nom officiel, redit."""
        local = self.lieu.faits.get(question.champ, {})
        redits = {"dire": local["question"]} if "question" in local else dict(dites.get(question.id, {}))
        if "officiel" in redits:
            redits.setdefault("court", "")
        return replace(question, **redits)

    def voie_dite(self, regle: RegleOrientation) -> RegleOrientation:
        """La même voie : mêmes conditions, mêmes numéros, d'autres mots."""
        echeances = tuple(self._echeance(une, self.echeances.get(regle.id, {})) for une in regle.echeances)
        return replace(regle, **self.voies.get(regle.id, {}), echeances=echeances)

    def _echeance(self, echeance: RegleEcheance, dites: Mapping[str, Mapping[str, str]]) -> RegleEcheance:
        lectures = tuple(replace(une, terme=self._terme(une.terme)) for une in echeance.lectures)
        redits: dict[str, Any] = {cle: dits[echeance.id] for cle, dits in dites.items() if echeance.id in dits}
        return replace(echeance, lectures=lectures, **redits)

    def _terme(self, terme: Terme) -> Terme:
        fait = terme.depart.fait
        return terme if fait is None else replace(terme, depart=Depart(self.fait_dit(fait)))

    def piece_dite(self, piece: Piece) -> Piece:
        """La même pièce, ses mots redits."""
        return replace(piece, **self.pieces.get(piece.id, {}))

    def contradiction_dite(self, regle: RegleContradiction) -> RegleContradiction:
        """La même contradiction, sa phrase redite."""
        return replace(regle, phrase=self.contradictions.get(regle.id, regle.phrase))

    def contacts_dits(self, contacts: Mapping[str, Contact]) -> Mapping[str, Contact]:
        """Les mêmes numéros, leurs mots redits."""
        return {nom: replace(un, **self.contacts.get(nom, {})) for nom, un in contacts.items()}

    def attendu_dit(self, attendu: ContactAttendu) -> ContactAttendu:
        """Le même contact manquant : les mêmes numéros en attendant, d'autres mots."""
        return replace(attendu, **self.attendus.get(attendu.id, {}))

    def grille_dite(self, grille: Grille) -> Grille:
        """La même grille : les mêmes points, d'autres mots."""
        return self.lieu.grille_dite(grille, self.fait_dit)

    def territoire_dit(self, territoire: Territoire) -> Territoire:
        """Le même territoire : ses contacts et ses horaires redits."""
        return self.lieu.territoire_dit(territoire)
