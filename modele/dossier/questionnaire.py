"""Le questionnaire de l'entretien : une donnée lue et vérifiée, jamais des questions écrites en Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Final

from modele.dossier.chemins import ABSENT
from modele.dossier.faits_bruts import ROLES, catalogue_brut, faits_de_liste
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.nomenclatures import Nomenclatures, nationales
from modele.dossier.pages import CHAMPS_AU_PLUS, GenrePage, Page, Posee, lire_pages
from modele.dossier.paroles import reproches
from modele.dossier.reponses import AUCUN
from modele.regles.conditions import (
    AuMoins,
    Comparaison,
    Condition,
    NombreDePersonnes,
    Non,
    Tous,
    UnDe,
    comparaisons,
)
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.faits import PREFIXE_LOCAL, PREFIXE_PERSONNE, Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, hors_liste, lire_toml, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition

FICHIER: Final = "national/questionnaire.toml"
CODE_AUCUN: Final = "aucun"
# Ce qui ne dit rien de plus que la réponse d'avant.
SANS_VALEUR: Final = (ABSENT, None, {"refus": True}, {"ne_sait_pas": True}, AUCUN)
_ROLE_DES_CHEMINS: Final = {f"{DEMANDEUR}.": ROLES[0], f"{CODEMANDEUR}.": ROLES[1]}


@dataclass(frozen=True, slots=True)
class Option:
    """Une réponse proposée. ``exacte`` : elle dit un code ; sinon l'un de ses codes, sans dire lequel."""

    dire: str
    codes: tuple[str, ...]
    exacte: bool = True

    @property
    def reponse(self) -> Any:
        """Ce qui s'écrit dans le document pour un choix : le code, ou ``{"parmi": […]}``."""
        return self.codes[0] if self.exacte else {"parmi": list(self.codes)}


@dataclass(frozen=True, slots=True)
class Alerte:
    """Une réponse inhabituelle, à confirmer ; ne bloque jamais."""

    si: Condition
    message: str


@dataclass(frozen=True, slots=True)
class Question:
    """Une question : le champ qu'elle remplit, ce qui se lit à voix haute, et quand elle se pose.

    ``genre`` : ``None`` pour un groupe de champs (une adresse) ou une liste. ``champ`` : relatif dans une section
    répétée (``personne.nom``). ``faits`` : les faits que porte ce champ. ``rang`` : ordre de décisivité, 1 au triage.
    ``coche`` : ne se pose pas d'elle-même, l'agent la coche de ce qu'il voit ou entend. ``ephemere`` : sa réponse ne
    s'écrit pas, elle ne se donne qu'au premier contact.
    ``recopie`` : les champs où la même réponse s'écrit dans la même opération, parce qu'ils disent la même chose.
    ``court`` : son nom en tête de colonne. ``propose`` : le fait dont la valeur se montre à confirmer, si elle est sue.
    ``aucun`` : ce qu'elle demande peut ne pas exister, et se dit d'une touche. ``si_dit`` : le champ, un texte, sans
    lequel elle n'a pas lieu d'être. ``parmi_dits`` : les cases dont elle n'offre que celles qui sont cochées.
    ``vrai`` et ``faux`` : les mots de ses deux réponses, quand ce ne sont pas « oui » et « non ».
    ``muette`` : l'agent y répond de ce qu'il voit, sans la lire.
    ``frequentes`` : les codes de ses réponses les plus données, montrées d'abord quand la liste est longue.
    ``dans_le_territoire`` : la commune dont elle demande si elle en est ; dite, la réponse se propose.
    """

    id: str
    champ: str
    dire: str
    officiel: str = ""
    court: str = ""
    cerfa: str = ""
    pourquoi: str = ""
    si: Condition | None = None
    seul_a_seul: bool = False
    coche: bool = False
    ephemere: bool = False
    rang: int | None = None
    options: tuple[Option, ...] = ()
    alertes: tuple[Alerte, ...] = ()
    genre: Genre | None = None
    faits: tuple[str, ...] = ()
    confiance: str = ""
    reference: str = ""

    @property
    def libelle(self) -> str:
        """Son nom court : le libellé officiel ; à défaut (une question locale n'en a pas), la question même."""
        return self.officiel or self.dire

    recopie: tuple[str, ...] = ()
    propose: str = ""
    aucun: bool = False
    si_dit: str = ""
    parmi_dits: str = ""
    dans_le_territoire: str = ""
    frequentes: tuple[str, ...] = ()
    vrai: str = ""
    faux: str = ""
    muette: bool = False

    @property
    def a_dire(self) -> str:
        """Ce qui se lit sous la question : à voix haute, ou pour l'agent seul ; puis son libellé officiel."""
        debut = "Pour vous : une coche, jamais lue à voix haute." if self.muette else "À lire à voix haute."
        return f"{debut} {self.officiel}".strip()

    @property
    def non(self) -> Any:
        """La réponse qui dit non : faux, le code « aucun », ou ce qui n'existe pas ; ``ABSENT`` s'il n'y en a pas."""
        if self.genre is Genre.BOOLEEN:
            return False
        if self.genre is Genre.CHOIX:
            return next((o.reponse for o in self.options if o.codes == (CODE_AUCUN,)), ABSENT)
        return self.sans if self.aucun else ABSENT

    @property
    def sans(self) -> Any:
        """Ce qui s'écrit quand ce qu'elle demande n'existe pas : zéro pour un nombre, ``AUCUN`` sinon."""
        return 0 if self.genre in (Genre.ENTIER, Genre.DECIMAL) else dict(AUCUN)


@dataclass(frozen=True, slots=True)
class Section:
    """Des questions qui vont ensemble. ``liste`` : la section se répète pour chaque élément de cette liste.

    ``pages`` : celles de ses questions qui se remplissent ensemble ; les autres se disent une à une.
    """

    id: str
    libelle: str
    questions: tuple[Question, ...]
    si: Condition | None = None
    liste: str = ""
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Questionnaire:
    """Toutes les sections, dans l'ordre de l'entretien."""

    sections: tuple[Section, ...]

    @cached_property
    def porteuses(self) -> Mapping[tuple[str, str], int]:
        """Combien de questions portent chaque fait, par (liste, fait)."""
        comptes: dict[tuple[str, str], int] = {}
        for section in self.sections:
            for fait in (fait for question in section.questions for fait in question.faits):
                comptes[section.liste, fait] = comptes.get((section.liste, fait), 0) + 1
        return comptes

    @cached_property
    def partages(self) -> frozenset[tuple[str, str]]:
        """Les faits que plusieurs questions portent, par (liste, fait)."""
        return frozenset(cle for cle, nombre in self.porteuses.items() if nombre > 1)

    @cached_property
    def recopies(self) -> Mapping[str, tuple[str, ...]]:
        """Par champ, ceux où sa réponse s'écrit aussi."""
        questions = (question for section in self.sections for question in section.questions)
        return {question.champ: question.recopie for question in questions if question.recopie}

    def avec_recopies(self, valeurs: Mapping[str, Any]) -> dict[str, Any]:
        """Ces réponses et leurs recopies. Effacer, refuser ou ne pas savoir n'en remplace aucune autre."""
        tout = dict(valeurs)
        for champ, valeur in valeurs.items():
            dit = not any(valeur == rien for rien in SANS_VALEUR)
            tout |= {autre: valeur for autre in self.recopies.get(champ, ()) if dit and autre not in valeurs}
        return tout

    @cached_property
    def comparaisons_derivees(self) -> Mapping[Comparaison, bool]:
        """Les comparaisons d'un fait dérivé que lit le questionnaire ; vrai si seul leur « vrai » compte.

        C'est le cas dans une alerte, qui ne se lève qu'une fois certaine, tant qu'aucun « non » ne la retourne.
        """
        lues: dict[Comparaison, bool] = {}
        for question in (question for section in self.sections for question in section.questions):
            for alerte in question.alertes:
                retournees = set(_retournees(alerte.si))
                lues |= {c: c not in retournees and lues.get(c, True) for c in comparaisons(alerte.si)}
        for condition in (c for section in self.sections for c in _visibilites(section) if c is not None):
            lues |= dict.fromkeys(comparaisons(condition), False)
        return {c: vrai_seul for c, vrai_seul in lues.items() if c.fait.nom not in catalogue_brut()}

    @cached_property
    def jamais_posees(self) -> Mapping[str, tuple[str, ...]]:
        """Par rôle, les faits de personne qu'on demande à d'autres mais pas à ce rôle (le lien du demandeur…)."""
        posees: dict[str, set[str]] = {role: set() for role in ROLES}
        for liste, fait in self.porteuses:
            role, relatif = _role(liste, fait)
            if role:
                posees[role].add(relatif)
        toutes = dict.fromkeys(f for faits in posees.values() for f in sorted(faits))
        return {role: tuple(f for f in toutes if f not in faits) for role, faits in posees.items()}


def _visibilites(section: Section) -> Iterator[Condition | None]:
    yield section.si
    yield from (question.si for question in section.questions)


def _retournees(condition: Condition) -> Iterator[Comparaison]:
    """Les comparaisons dont le faux peut rendre la condition vraie."""
    match condition:
        case Non() | NombreDePersonnes():
            yield from comparaisons(condition)
        case Tous(de) | UnDe(de) | AuMoins(_, de):
            for dessous in de:
                yield from _retournees(dessous)


def _role(liste: str, fait: str) -> tuple[str, str]:
    """Le rôle auquel se pose un fait de personne, et le nom de ce fait sur une personne ; ``("", "")`` sinon."""
    if liste == PERSONNES:
        return ROLES[2], fait
    for debut, role in _ROLE_DES_CHEMINS.items():
        if fait.startswith(debut):
            return role, f"{PREFIXE_PERSONNE}{fait.removeprefix(debut)}"
    return "", ""


def lire_questionnaire(
    chemin: Lisible,
    catalogue: Catalogue,
    parametres: Collection[str] = frozenset(),
    nomenclatures: Nomenclatures | None = None,
) -> Questionnaire:
    """Lit et vérifie un questionnaire : champs, conditions, options, doublons.

    ``catalogue`` : faits bruts et dérivés. Lève ``FichierFautif`` avec toutes les fautes.
    """
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    lecteur.texte("source")
    lecteur.date("verifie_le")
    lecture = _Lecture(Contexte(catalogue, parametres, renseigne=True), nomenclatures or nationales())
    sections = tuple(lecture.section(table) for table in lecteur.tables("section", obligatoire=True))
    lecteur.finir()
    return Questionnaire(sections)


def avec_locales(questionnaire: Questionnaire, faits: Iterable[Fait]) -> Questionnaire:
    """Le questionnaire, plus une section « Questions locales » pour les faits déclarés par la grille."""
    questions = tuple(_locale(fait) for fait in faits)
    if not questions:
        return questionnaire
    return Questionnaire((*questionnaire.sections, _section_locale(questions)))


def _section_locale(questions: tuple[Question, ...]) -> Section:
    """Les questions d'une grille, sur des formulaires ; les cases à cocher se disent seules."""
    sur_page = [question.id for question in questions if question.genre is not Genre.COCHES]
    lots = [sur_page[debut : debut + CHAMPS_AU_PLUS] for debut in range(0, len(sur_page), CHAMPS_AU_PLUS)]
    pages = [
        Page(f"locales_{rang}", GenrePage.FORMULAIRE, "Quelques questions de ce territoire.", tuple(lot))
        for rang, lot in enumerate(lots, 1)
    ]
    return Section("local", "Questions locales", questions, pages=tuple(pages))


def _locale(fait: Fait) -> Question:
    genres = {TypeFait.ENSEMBLE: Genre.COCHES}
    return Question(
        id=fait.nom.removeprefix(PREFIXE_LOCAL),
        champ=fait.nom,
        dire=fait.question or fait.definition,
        pourquoi=fait.definition if fait.question else "",
        options=tuple(Option(fait.libelle(code), (code,)) for code in fait.codes),
        genre=genres.get(fait.type) or Genre(fait.type.value),
        faits=(fait.nom,),
    )


class _FaitElement(Fait):
    """Le fait d'un élément : dans la section qui se répète pour lui, il se lit comme un fait du foyer."""

    __slots__ = ()

    @property
    def de_personne(self) -> bool:
        """Toujours faux : la section a déjà choisi la personne."""
        return False


def catalogue_element(catalogue: Catalogue, liste: str) -> Catalogue:
    """Le catalogue, où les faits de l'élément se lisent sans « une_personne »."""
    propres = {fait.nom: fait for fait in faits_de_liste(liste).values()}
    if liste == PERSONNES:
        propres = {nom: fait for nom, fait in catalogue.items() if fait.de_personne}
    return catalogue.etendre(
        _FaitElement(**{champ.name: getattr(fait, champ.name) for champ in fields(fait)}) for fait in propres.values()
    )


@dataclass
class _Lecture:
    """La lecture d'un fichier : ce que les conditions ont le droit de nommer, et ce qu'on a déjà lu."""

    contexte: Contexte
    nomenclatures: Nomenclatures
    sections_vues: set[str] = field(default_factory=set)

    def section(self, table: Lecteur) -> Section:
        ident = table.identifiant(self.sections_vues)
        liste = table.texte("liste", permis=tuple(inventaire().listes))
        contexte = self.contexte
        if liste:
            contexte = replace(contexte, catalogue=catalogue_element(contexte.catalogue, liste))
        questions = tuple(self.questions(table, liste, contexte))
        lue = Section(
            id=ident,
            libelle=table.texte("libelle", obligatoire=True),
            questions=questions,
            si=lire_condition(table, "si", self.contexte),
            liste=liste,
            pages=lire_pages(table, {question.id: _posee(question, liste) for question in questions}, liste),
        )
        table.clore()
        return lue

    def questions(self, table: Lecteur, liste: str, contexte: Contexte) -> Iterator[Question]:
        vues: set[str] = set()
        for ligne in table.tables("question", obligatoire=True):
            yield self.question(ligne, vues, liste, contexte)

    def question(self, table: Lecteur, vues: set[str], liste: str, contexte: Contexte) -> Question:
        champ = table.texte("champ", obligatoire=True)
        feuille = self.feuille(table, champ, liste)
        lue = Question(
            id=table.identifiant(vues),
            champ=champ,
            dire=table.texte("dire", obligatoire=True),
            officiel=table.texte("officiel"),
            court=table.texte("court"),
            cerfa=table.texte("cerfa"),
            pourquoi=table.texte("pourquoi"),
            si=lire_condition(table, "si", contexte),
            seul_a_seul=table.booleen("seul_a_seul"),
            coche=_coche(table, feuille),
            ephemere=feuille is not None and feuille.champ.ephemere,
            rang=table.entier("rang"),
            options=self.options(table, feuille),
            alertes=tuple(_alertes(table, contexte)),
            genre=feuille.genre if feuille else None,
            faits=tuple(f for f in _faits_bruts(liste) if f == champ or f.startswith(f"{champ}.")),
            confiance=table.texte("confiance", permis=CONFIANCES),
            reference=table.texte("reference"),
            recopie=self.recopie(table, feuille, liste),
            propose=self.propose(table, feuille),
            aucun=_aucun(table, feuille),
            si_dit=_autre_champ(table, "si_dit", Genre.TEXTE),
            parmi_dits=_autre_champ(table, "parmi_dits", Genre.COCHES),
            frequentes=self.frequentes(table, feuille),
            muette=table.booleen("muette"),
            vrai=table.texte("vrai"),
            faux=table.texte("faux"),
            dans_le_territoire=_autre_champ(table, "dans_le_territoire", Genre.TEXTE),
        )
        for cle, reproche in reproches(lue.dire, _montres(lue), lue.frequentes):
            table.signaler(cle, reproche)
        if bool(lue.vrai) != bool(lue.faux) or (lue.vrai and lue.genre is not Genre.BOOLEEN):
            table.signaler("vrai", "« vrai » et « faux » vont ensemble, pour une question qui se répond par oui ou non")
        table.clore()
        return lue

    def propose(self, table: Lecteur, feuille: ChampDossier | None) -> str:
        """Le champ du dossier ou le fait du foyer, pareil à celui-ci, dont la valeur se montre à confirmer."""
        nom = table.texte("propose")
        if nom and (feuille is None or not _pareil(self.contexte.catalogue.get(nom), nom, feuille)):
            table.signaler("propose", f"« {nom} » n'est ni un champ ni un fait du foyer que cette question reprenne")
        return nom

    def recopie(self, table: Lecteur, feuille: ChampDossier | None, liste: str) -> tuple[str, ...]:
        """Les autres champs où la réponse s'écrit aussi : hors liste, et faits des mêmes codes."""
        champs = table.textes("recopie")
        for champ in champs:
            autre = inventaire().champs.get(champ)
            pareil = autre is not None and feuille is not None and _meme_reponse(autre, feuille)
            if liste or not pareil:
                table.signaler("recopie", f"« {champ} » ne peut pas recevoir cette réponse ; nommez un champ pareil")
        return tuple(champs)

    def feuille(self, table: Lecteur, champ: str, liste: str) -> ChampDossier | None:
        """Le champ nommé ; ``None`` pour un groupe ou une liste, et faute si rien ne porte ce nom."""
        feuilles, groupes = _nommables(liste)
        if champ and champ not in feuilles and champ not in groupes:
            voisin = vouliez_vous(champ, [*feuilles, *groupes])
            table.signaler("champ", f"« {champ} » : ce champ n'existe pas dans le dossier{voisin}")
        return feuilles.get(champ)

    def frequentes(self, table: Lecteur, feuille: ChampDossier | None) -> tuple[str, ...]:
        """Les codes des réponses les plus données, tous de la nomenclature du champ."""
        codes = table.textes("frequentes")
        connus = self.nomenclatures[feuille.champ.nomenclature].codes if _se_choisit(feuille) and feuille else {}
        for code in codes:
            if code not in connus:
                table.signaler("frequentes", hors_liste(code, connus))
        return codes

    def options(self, table: Lecteur, feuille: ChampDossier | None) -> tuple[Option, ...]:
        ecrites = table.tables("option")
        if feuille is None or not _se_choisit(feuille):
            if ecrites:
                table.signaler("option", "seuls un choix et des cases à cocher ont des options")
            return ()
        codes = self.nomenclatures[feuille.champ.nomenclature].codes
        if not ecrites:
            # L'ordre d'une nomenclature ne dit rien : les réponses les plus données d'abord.
            rangs = {code: rang for rang, code in enumerate(table.textes("frequentes"))}
            ordre = sorted(codes.values(), key=lambda code: rangs.get(code.code, len(rangs)))
            return tuple(Option(code.a_dire, (code.code,)) for code in ordre)
        return tuple(_option(ligne, codes, seul=feuille.genre is Genre.COCHES) for ligne in ecrites)


def _montres(question: Question) -> list[tuple[str, ...]]:
    """Les codes des réponses, dans l'ordre où l'écran les montre : celui du fichier."""
    return [option.codes for option in question.options]


def _se_choisit(feuille: ChampDossier | None) -> bool:
    return feuille is not None and feuille.genre in (Genre.CHOIX, Genre.COCHES)


def _meme_reponse(un: ChampDossier, autre: ChampDossier) -> bool:
    return un.chemin != autre.chemin and (un.genre, un.champ.nomenclature) == (autre.genre, autre.champ.nomenclature)


def _pareil(fait: Fait | None, nom: str, feuille: ChampDossier) -> bool:
    """Vrai si la valeur de ``nom`` peut s'écrire dans ``feuille``."""
    autre = inventaire().champs.get(nom)
    if autre is not None:
        return autre.genre is feuille.genre
    return fait is not None and not fait.de_personne and fait.type.value == feuille.genre.value


def _posee(question: Question, liste: str) -> Posee:
    """Ce qu'une page doit savoir d'une question ; le groupe d'une adresse compte ses champs."""
    groupe = [nom for nom in inventaire().champs if nom.startswith(f"{question.champ}.")]
    champs = 1 if question.genre is not None else len(groupe)
    a_part = question.seul_a_seul or question.coche or question.ephemere or (question.genre is None and bool(liste))
    return Posee(question.genre, champs, a_part, question.non is not ABSENT)


def _nommables(liste: str) -> tuple[dict[str, ChampDossier], frozenset[str]]:
    """Les champs, puis les groupes et listes, qu'une question peut nommer dans une section."""
    tout = inventaire()
    if not liste:
        return tout.champs, tout.groupes | tout.listes.keys()
    element = tout.listes[liste]
    feuilles = {f"{element.prefixe}.{c.chemin}": c for c in element.champs}
    return feuilles, frozenset(nom.rpartition(".")[0] for nom in feuilles) - {element.prefixe}


def _faits_bruts(liste: str) -> Collection[str]:
    """Les faits bruts que peuvent porter les questions d'une section."""
    return [fait.nom for fait in faits_de_liste(liste).values()] if liste else catalogue_brut()


def _coche(table: Lecteur, feuille: ChampDossier | None) -> bool:
    coche = table.booleen("coche")
    if coche and not (feuille is not None and feuille.genre is Genre.BOOLEEN and feuille.champ.ephemere):
        table.signaler("coche", "seul se coche un champ oui ou non qui ne s'écrit pas (éphémère)")
    return coche


def _aucun(table: Lecteur, feuille: ChampDossier | None) -> bool:
    aucun = table.booleen("aucun")
    if aucun and feuille is not None and feuille.genre in (Genre.BOOLEEN, Genre.CHOIX, Genre.COCHES, Genre.DATE):
        table.signaler("aucun", "seuls un texte, un nombre ou une adresse peuvent ne pas exister")
    return aucun


def _autre_champ(table: Lecteur, cle: str, genre: Genre) -> str:
    """Le champ du dossier, de ce genre, que nomme ``cle``."""
    nom = table.texte(cle)
    champ = inventaire().champs.get(nom)
    if nom and (champ is None or champ.genre is not genre):
        table.signaler(cle, f"« {nom} » n'est pas un champ du dossier de ce genre ({genre.value})")
    return nom


def _option(table: Lecteur, codes: Collection[str], *, seul: bool) -> Option:
    dire = table.texte("dire", obligatoire=True)
    code, parmi = table.texte("code"), table.textes("parmi")
    if bool(code) == bool(parmi) or (seul and parmi):
        attendu = "« code »" if seul else "« code » ou « parmi », l'un des deux"
        table.signaler("", f"attendu : {attendu}")
    lus = (code,) if code else parmi
    for inconnu in (c for c in lus if c not in codes):
        table.signaler("code" if code else "parmi", hors_liste(inconnu, codes))
    table.clore()
    return Option(dire, lus, exacte=bool(code))


def _alertes(table: Lecteur, contexte: Contexte) -> Iterator[Alerte]:
    for ligne in table.tables("alerte"):
        si = lire_condition(ligne, "si", contexte, obligatoire=True)
        message = ligne.texte("message", obligatoire=True)
        ligne.clore()
        if si is not None:
            yield Alerte(si, message)
