"""Remplir le formulaire officiel : chaque case que la table nomme, et aucune autre.

Le formulaire reste celui du ministre : rien n'y est ajouté, ni retiré, ni signé.

Essais : ``tests/impressions/test_formulaire_rempli.py``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from impressions.ecritures import lisible
from impressions.encre_de_case import Cadre, Dessin, ajuster, dessiner
from impressions.formulaire_pdf import Sorte, etats_de, numeros, ouvrir, sorte_de
from impressions.papier import Papier
from impressions.saisine import SANS_ADRESSE, Saisine
from impressions.typographie import sans_nir
from modele.mots.phrases import mots
from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu, TableDeCases, empreinte
from modele.orientation.imprimes import Imprime
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from pikepdf import Pdf

_NE_TIENT_PAS: Final = "« {} » ne tient pas dans la case « {} » : elle reste blanche, écrivez-la à la main."
_PAS_DANS_LA_LISTE: Final = "« {} » n'est pas dans la liste de la case « {} » : elle reste blanche, cochez à la main."
_SANS_PDF: Final = (
    "Aucun formulaire {} n'est chargé ici. Chargez le PDF officiel depuis l'écran « Saisir la commission », ou "
    "recopiez le brouillon."
)
_SANS_TABLE: Final = (
    "Le formulaire {} est chargé, mais aucune de ses cases n'est reliée : dites ce qui s'écrit dans chacune, ou "
    "recopiez le brouillon."
)
_A_VALIDER: Final = (
    "La table des cases du {} est à faire valider : elle ne remplit aucun papier. Recopiez le brouillon, ou faites-la "
    "vérifier sur le formulaire."
)
_AUTRE: Final = (
    "{} : ce PDF est le formulaire {}, et il faut ici le {}. Une autre version n'a pas les mêmes cases : prenez "
    "celle-ci, ou reliez les cases de la nouvelle."
)
_CHANGE: Final = (
    "{} : ce PDF n'est pas celui dont les cases ont été reliées (formulaire {}). Rechargez le bon, ou reliez ses cases."
)
_CASE_ABSENTE: Final = (
    "{} : ce PDF n'a pas la case « {} » que la table nomme. C'est une autre version : reliez ses cases."
)
_ETAT_ABSENT: Final = "{} : la case « {} » ne se coche pas par « {} » ; attendu : {}. Corrigez la table."
_PAS_UNE_CROIX: Final = "{} : la case « {} » ne se coche pas. Corrigez la table."
_CORPS: Final = re.compile(rb"([\d.]+)\s+Tf")


def exiger_une_table(imprime: Imprime, tenu: FormulaireTenu) -> TableDeCases:
    """La table du formulaire tenu. Lève ``ErreurUtilisateur`` : pas de PDF, aucune case reliée, à faire valider."""
    if not tenu.pdf:
        raise ErreurUtilisateur(_SANS_PDF.format(imprime.numero))
    table = tenu.table
    if table is None or not table.cases:
        raise ErreurUtilisateur(_SANS_TABLE.format(imprime.numero if table is None else table.numero))
    if table.provenance.a_valider:
        raise ErreurUtilisateur(_A_VALIDER.format(table.numero))
    return table


def exiger_le_bon(imprime: Imprime, pdf: bytes, nom: str, table: TableDeCases) -> None:
    """Lève ``ErreurUtilisateur`` si ce PDF n'est pas celui dont les cases ont été reliées."""
    if table.empreinte and table.empreinte != empreinte(pdf):
        raise ErreurUtilisateur(_CHANGE.format(nom, table.numero))
    exiger_le_numero(imprime, pdf, nom, table.numero)


def exiger_le_numero(imprime: Imprime, pdf: bytes, nom: str, numero: str) -> None:
    """Lève ``ErreurUtilisateur`` si ce PDF, ou sa table, se dit d'un autre formulaire ou d'une autre version."""
    sien, ecrits = imprime.numero.partition("*")[0], numeros(pdf, nom)
    if numero.partition("*")[0] != sien:
        raise ErreurUtilisateur(_AUTRE.format(nom, numero, imprime.numero))
    if ecrits and numero not in ecrits:
        raise ErreurUtilisateur(_AUTRE.format(nom, " et ".join(ecrits), numero))


def remplir(saisine: Saisine, tenu: FormulaireTenu | None = None, nom: str = "Le formulaire chargé") -> Papier:
    """Le formulaire officiel, rempli ; à relire et à signer à la main. Lève ``ErreurUtilisateur``.

    ``tenu`` : celui à remplir ; absent, celui que la structure a chargé. ``nom`` : comment le dire.
    """
    tenu = saisine.tenu if tenu is None else tenu
    table = exiger_une_table(saisine.imprime, tenu)
    with ouvrir(tenu.pdf, nom) as pdf:
        exiger_le_bon(saisine.imprime, tenu.pdf, nom, table)
        travail = _Travail(pdf, saisine, nom)
        for case in table.cases:
            travail.remplir(case)
        travail.encrer()
        octets = _ecrire(pdf)
    return Papier(octets, travail.manques, [*travail.alertes, *([SANS_ADRESSE] if saisine.sans_adresse else [])])


@dataclass
class _Travail:
    """Un PDF qui se remplit. ``manques`` : les signes qu'aucune police n'écrit ; ``alertes`` : ce qui reste blanc."""

    pdf: Pdf
    saisine: Saisine
    nom: str
    manques: list[str] = field(default_factory=list)
    alertes: list[str] = field(default_factory=list)
    dessins: list[tuple[Any, Dessin]] = field(default_factory=list)

    def remplir(self, case: CaseDuPdf) -> None:
        """Écrit cette case, si le dossier a de quoi ; sinon elle reste blanche."""
        champ = self._champ(case.pdf)
        sorte = sorte_de(champ)
        if case.est_une_croix:
            if sorte is not Sorte.CROIX:
                raise ErreurUtilisateur(_PAS_UNE_CROIX.format(self.nom, case.pdf))
            self._cocher(champ, case)
            return
        if sorte not in (Sorte.TEXTE, Sorte.CHOIX):
            raise ErreurUtilisateur(_CASE_ABSENTE.format(self.nom, case.pdf))
        if texte := self._texte(case):
            self._ecrire(champ, case, texte, choix=sorte is Sorte.CHOIX)

    def _champ(self, nom: str) -> Any:
        from pikepdf.form import Form, MultipleFieldProxy

        try:
            champ = Form(self.pdf)[nom]
        except KeyError:
            raise ErreurUtilisateur(_CASE_ABSENTE.format(self.nom, nom)) from None
        return champ[0] if isinstance(champ, MultipleFieldProxy) else champ

    def _texte(self, case: CaseDuPdf) -> str:
        dits = filter(None, map(self.saisine.valeur, case.reponses))
        texte, manques = lisible(sans_nir(" ".join(dits), mots()("reponse.nir_retire")))
        self.manques += manques
        return "".join(un for un in texte if un.isdigit()) if case.chiffres else texte

    def _cocher(self, champ: Any, case: CaseDuPdf) -> None:
        from pikepdf import Name
        from pikepdf.form import RadioButtonGroup

        permis = etats_de(champ)
        if (case.etat and case.etat not in permis) or (len(permis) > 1 and not case.etat) or not permis:
            raise ErreurUtilisateur(_ETAT_ABSENT.format(self.nom, case.pdf, case.etat, ", ".join(permis)))
        if not self._se_coche(case):
            return
        if isinstance(champ, RadioButtonGroup):
            champ.value = Name(f"/{case.etat or permis[0]}")
        else:
            champ.checked = True

    def _se_coche(self, case: CaseDuPdf) -> bool:
        if case.motif:
            return case.motif in self.saisine.retenus
        if case.piece:
            return self.saisine.vue(case.piece)
        return self.saisine.code(case.reponses[0]) == case.code

    def _ecrire(self, champ: Any, case: CaseDuPdf, texte: str, *, choix: bool) -> None:
        if choix and texte not in {str(un.display_value) for un in champ.options} and not champ.allow_edit:
            self.alertes.append(_PAS_DANS_LA_LISTE.format(texte, case.pdf))
            return
        au_plus = None if choix else champ.max_length
        cadres = [_cadre(champ, dessin, choix=choix) for dessin in self._dessins_de(champ)]
        ajustes = [ajuster(texte, cadre) for cadre in cadres]
        if None in ajustes or (au_plus is not None and len(texte) > au_plus):
            self.alertes.append(_NE_TIENT_PAS.format(texte, case.pdf))
            return
        champ._field.set_value(texte)
        self.dessins += [
            (dessin.obj, ajuste)
            for dessin, ajuste in zip(self._dessins_de(champ), ajustes, strict=True)
            if ajuste is not None
        ]

    def _dessins_de(self, champ: Any) -> list[Any]:
        return list(self.pdf.acroform.get_annotations_for_field(champ._field))

    def encrer(self) -> None:
        """Pose dans chaque case le dessin de ce qui s'y écrit."""
        import pikepdf

        if not self.dessins:
            return
        with pikepdf.open(io.BytesIO(dessiner(dessin for _, dessin in self.dessins))) as encre:
            for (objet, _), page in zip(self.dessins, encre.pages, strict=True):
                objet["/AP"] = pikepdf.Dictionary(N=self.pdf.copy_foreign(page.as_form_xobject()))
                # Un reste de son ancien dessin ferait redessiner la case par qui l'ouvre.
                for cle in ("/AS",):
                    if cle in objet:
                        del objet[cle]


def _cadre(champ: Any, dessin: Any, *, choix: bool) -> Cadre:
    cadre = dessin.rect
    trouve = _CORPS.search(bytes(champ._field.default_appearance or b""))
    peigne = int(champ.max_length or 0) if not choix and champ.is_combed else 0
    return Cadre(
        float(cadre.width), float(cadre.height), float(trouve[1]) if trouve else 0.0,
        lignes=not choix and champ.is_multiline, peigne=peigne, bord=int(champ._field.quadding or 0),
    )  # fmt: skip


def _ecrire(pdf: Pdf) -> bytes:
    """Les octets du formulaire rempli, sans ce qui agirait à l'ouverture ni le second formulaire caché (XFA)."""
    racine = pdf.Root
    formulaire = racine["/AcroForm"]
    for objet, cle in _qui_agit(racine, formulaire):
        if cle in objet:
            del objet[cle]
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


def _qui_agit(racine: Any, formulaire: Any) -> Iterator[tuple[Any, str]]:
    yield from ((racine, cle) for cle in ("/OpenAction", "/AA", "/Perms"))
    yield from ((formulaire, cle) for cle in ("/XFA", "/NeedAppearances"))
    if "/Names" in racine:
        yield racine["/Names"], "/JavaScript"
