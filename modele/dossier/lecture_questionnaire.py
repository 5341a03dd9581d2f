"""Lire et vérifier un questionnaire : chaque faute est dite à sa ligne, jamais une question écrite en Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Final

from modele.dossier.chemins import ABSENT
from modele.dossier.faits_bruts import catalogue_brut, faits_de_liste
from modele.dossier.inventaire import PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.nomenclatures import Nomenclatures, nationales
from modele.dossier.pages import Posee, lire_pages
from modele.dossier.paroles import reproches
from modele.dossier.questionnaire import Questionnaire, retournees
from modele.dossier.questions import Alerte, Deduction, Option, Question, Section
from modele.regles.conditions import Comparaison, Condition, comparaisons
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue, Fait
from modele.regles.lecture import Lecteur, hors_liste, lire_toml, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition

FICHIER: Final = "national/questionnaire.toml"


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
            faits=_faits_bruts(liste).get(champ, ()),
            confiance=table.texte("confiance", permis=CONFIANCES),
            reference=table.texte("reference"),
            recopie=self.recopie(table, feuille, liste),
            propose=self.propose(table, feuille),
            deductions=tuple(self.deductions(table, feuille, contexte)),
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

    def deductions(self, table: Lecteur, feuille: ChampDossier | None, contexte: Contexte) -> Iterator[Deduction]:
        """Ce que d'autres réponses disent de celle-ci : « oui », ou un code de sa nomenclature."""
        for ligne in table.tables("propose_si"):
            si = lire_condition(ligne, "si", contexte, obligatoire=True)
            valeur: bool | str = True
            if feuille is not None and feuille.genre is Genre.CHOIX:
                codes = self.nomenclatures[feuille.champ.nomenclature].codes
                valeur = ligne.texte("valeur", obligatoire=True, permis=tuple(codes))
                if valeur in codes and codes[valeur].violence:
                    ligne.signaler("valeur", f"« {valeur} » dit une violence : cela ne se propose pas")
            elif feuille is None or feuille.genre is not Genre.BOOLEEN:
                ligne.signaler("", "seuls un choix, ou un oui ou non, se proposent d'après d'autres réponses")
            ligne.clore()
            if si is not None:
                self.refuser_ce_qui_se_tait(ligne, si)
                yield Deduction(si, valeur)

    def refuser_ce_qui_se_tait(self, ligne: Lecteur, si: Condition) -> None:
        """Une proposition ne montre que ce qui a été dit, et rien d'une violence ni de ce qui ne s'écrit pas."""
        en_non = set(retournees(si))
        for comparaison in comparaisons(si):
            nom = comparaison.fait.nom
            champ = _champ_du_fait(nom)
            if champ is None:
                ligne.signaler("si", f"« {nom} » ne se lit pas dans une réponse : nommez ce qui a été dit")
            elif not self.peut_se_redire(champ, comparaison, retournee=comparaison in en_non):
                ligne.signaler("si", f"ce que dit « {nom} » ne se propose pas : on y lirait ce qui se tait")

    def peut_se_redire(self, champ: ChampDossier, comparaison: Comparaison, *, retournee: bool) -> bool:
        """Faux pour un champ qui dit une violence ou ne s'écrit pas, ou dont l'absence d'un code en dirait une."""
        if champ.champ.violence or champ.champ.ephemere:
            return False
        connue = self.nomenclatures.get(champ.champ.nomenclature)
        proteges = {code.code for code in connue.codes.values() if code.violence} if connue else set()
        if not proteges:
            return True
        operande = comparaison.operande
        nommes = {operande} if isinstance(operande, str) else operande
        return not retournee and isinstance(nommes, Collection) and not proteges & set(nommes)

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
    champs = 1 if question.genre is not None else len(_champs_par_groupe().get(question.champ, ()))
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


@cache
def _faits_bruts(liste: str) -> Mapping[str, tuple[str, ...]]:
    """Les faits bruts que peuvent porter les questions d'une section, par champ et par groupe."""
    return _par_groupe([fait.nom for fait in faits_de_liste(liste).values()] if liste else catalogue_brut())


@cache
def _champs_par_groupe() -> Mapping[str, tuple[str, ...]]:
    return _par_groupe(inventaire().champs)


def _par_groupe(noms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Sous chaque nom et chaque groupe qui le contient (« a.b.c », « a.b », « a »), ces noms, dans leur ordre.

    Une question parcourait tous les noms pour trouver les siens : le plus long de la lecture d'un questionnaire.
    """
    ranges: dict[str, list[str]] = {}
    for nom in noms:
        morceaux = nom.split(".")
        for fin in range(1, len(morceaux) + 1):
            ranges.setdefault(".".join(morceaux[:fin]), []).append(nom)
    return {groupe: tuple(contenus) for groupe, contenus in ranges.items()}


def _champ_du_fait(nom: str) -> ChampDossier | None:
    """Le champ du dossier que dit ce fait, celui d'un élément compris ; ``None`` s'il se calcule."""
    if nom in inventaire().champs:
        return inventaire().champs[nom]
    prefixe, _, relatif = nom.partition(".")
    listes = (liste for liste in inventaire().listes.values() if liste.prefixe == prefixe)
    return next((champ for liste in listes for champ in liste.champs if champ.chemin == relatif), None)


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
