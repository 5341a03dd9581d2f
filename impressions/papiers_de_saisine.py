"""Le brouillon à recopier et la lettre qui accompagne le formulaire : de la saisine à deux papiers.

Le brouillon n'est jamais un formulaire : il le dit en titre, n'a aucun numéro de case sans source, ni de place pour
signer. Une phrase à faire valider n'y va pas. Essais : ``tests/impressions/test_papiers_de_saisine.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc, Encadre, Pile
from impressions.cases_a_cocher import COTE, CaseACocher
from impressions.courrier import adresse, nom_ecrit
from impressions.pages import Identite, dessiner, paginer
from impressions.papier import Papier
from impressions.saisine import SANS_ADRESSE, SURE, LigneDite, PieceDite, RubriqueDite, Saisine
from impressions.styles import styles
from impressions.typographie import sans_nir
from modele.mots.echeances import dire_fin, dire_quand, dire_repousse
from modele.mots.ecriture import dire_date, majuscule
from modele.mots.phrases import mots
from modele.regles.confiance import a_valider
from modele.regles.provenance import Provenance

BROUILLON: Final = "Brouillon à recopier, ne pas envoyer"
LETTRE: Final = "Lettre d'accompagnement"
NEUTRE: Final = "Documents"
"""Le titre d'un papier de dossier discret : celui de la file de l'imprimante, et celui que dit le PDF."""
A_COMPLETER: Final = "à compléter"
_CE_QUE_C_EST: Final = (
    "Ceci n'est pas le formulaire. La commission n'examine que le formulaire du ministre, le {numero}, rempli et signé "
    "par la personne (CCH R.441-14). Recopiez, relisez ensemble, signez le formulaire, gardez-en une copie."
)
_SANS_MOTIF: Final = (
    "Aucun motif n'est encore choisi : choisissez-le avec la personne. Plusieurs peuvent valoir ; la commission peut "
    "décider autrement que ce que disent ces réponses."
)
_MOTIFS: Final = "Cas de la loi ; le formulaire a ses rubriques à lui, reportez chaque motif à la sienne."
_APRES: Final = (
    "Gardez l'accusé de réception de la commission : sa date fait courir le délai. Une pièce manque : un courrier la "
    "demande, et le délai s'arrête jusque-là (CCH R.441-14)."
)
_LARGE: Final = 250


def composer_brouillon(saisine: Saisine) -> Papier:
    """La feuille à recopier, rubrique par rubrique. D'un dossier discret, la seule adresse sûre."""
    etabli = _etabli()
    imprime, racine = saisine.imprime, etabli.racine
    blocs: list[Bloc] = [etabli.texte(BROUILLON, etabli.styles.titre, racine.ajouter("H1"))]
    jour = dire_date(saisine.bilan.jour)
    notice = f", notice {imprime.notice}" if imprime.notice else ""
    sous = f"{imprime.libelle} · formulaire {imprime.numero}{notice} · {jour}"
    blocs.append(etabli.texte(sous, etabli.styles.sous_titre, racine.ajouter("P"), apres=8.0))
    blocs += _encadre(etabli, _CE_QUE_C_EST.format(numero=imprime.numero), saisine.avant)
    for rubrique, siennes in groupby(saisine.rubriques(), key=lambda une: une.rubrique):
        blocs.append(_titre(etabli, _nom(rubrique.numero, rubrique.libelle)))
        blocs += [bloc for une in siennes for bloc in _rubrique(etabli, une)]
    blocs += [*_motifs(etabli, saisine), *_pieces(etabli, "Les pièces à joindre", saisine.pieces())]
    blocs += _ensuite(etabli, saisine)
    return _finir(etabli, saisine, BROUILLON, blocs)


def composer_lettre(saisine: Saisine) -> Papier:
    """La lettre à signer qui accompagne le formulaire : ce qu'il contient, et la demande d'un accusé de réception."""
    etabli = _etabli()
    imprime, racine = saisine.imprime, etabli.racine
    expediteur = [nom_ecrit(saisine.bilan), *_adresse(saisine), saisine.valeur("contact.telephone")]
    blocs: list[Bloc] = [_lignes(etabli, [une for une in expediteur if une] or [A_COMPLETER])]
    blocs.append(
        _lignes(
            etabli,
            ["Secrétariat de la commission de médiation", "Préfecture ou DDETS : …………………………", "……………………………………………………"],
            a_droite=True,
        )
    )
    blocs.append(etabli.texte("À ……………………………, le ……………………", etabli.styles.corps, racine.ajouter("P"), avant=12.0))
    corps = etabli.styles.corps
    objet = [etabli.segment("Objet : ", corps, "gras"), etabli.segment(imprime.objet, corps)]
    # L'objet est le titre d'une lettre : sans titre, qui l'écoute ne sait où elle commence.
    blocs.append(etabli.texte(objet, corps, racine.ajouter("H1"), apres=12.0))
    blocs += [etabli.texte(une, corps, racine.ajouter("P")) for une in _corps_de_lettre(saisine)]
    blocs += _jointes(etabli, [une.libelle for une in saisine.pieces() if une.vue])
    blocs.append(etabli.texte("Signature", etabli.styles.fort, racine.ajouter("P"), avant=24.0, apres=60.0))
    return _finir(etabli, saisine, LETTRE, blocs)


def _corps_de_lettre(saisine: Saisine) -> Iterator[str]:
    yield "Madame, Monsieur,"
    yield f"Vous trouverez ci-joint ma demande, sur le formulaire {saisine.imprime.numero}, remplie et signée."
    if numero := saisine.valeur("demande.numero_unique") if saisine.imprime.id == "dalo" else "":
        yield f"Ma demande de logement social est enregistrée sous le numéro unique {numero}."
    yield (
        "Je vous remercie de m'envoyer l'accusé de réception qui mentionne le jour où vous l'avez reçue, et de me dire "
        "s'il manque une pièce (article R.441-14 du code de la construction et de l'habitation)."
    )
    yield "Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées."


def _jointes(etabli: Etabli, jointes: Sequence[str]) -> Iterator[Bloc]:
    """Les pièces déjà vues ; de quoi en écrire d'autres à la main."""
    yield etabli.texte(
        "Pièces jointes :", etabli.styles.fort, etabli.racine.ajouter("P"), avant=10.0, avec_suivant=True
    )
    liste = etabli.racine.ajouter("L")
    for une in (*jointes, "……………………………………………………………………"):
        yield etabli.texte(une, etabli.styles.puce, liste.ajouter("LI").ajouter("LBody"), puce="•")


def _adresse(saisine: Saisine) -> tuple[str, ...]:
    lignes = adresse(saisine.bilan)
    return (f"{SURE} : {A_COMPLETER}",) if not lignes and saisine.bilan.se_cache else lignes


# Les morceaux.


def _etabli() -> Etabli:
    return Etabli(mots(), styles(), Noeud("Document"))


def _nom(numero: str, libelle: str) -> str:
    return f"Rubrique {numero} · {libelle}" if numero and " " not in numero else _plusieurs(numero, libelle)


def _plusieurs(numero: str, libelle: str) -> str:
    return f"Rubriques {numero} · {libelle}" if numero else libelle


def _titre(etabli: Etabli, titre: str) -> Bloc:
    bloc = etabli.texte(titre, etabli.styles.section, etabli.racine.ajouter("H2"))
    bloc.avec_suivant, bloc.signet = True, titre
    return bloc


def _encadre(etabli: Etabli, *phrases: str) -> list[Bloc]:
    cadre = etabli.racine.ajouter("Sect")
    blocs: list[Bloc] = [etabli.texte(une, etabli.styles.corps, cadre.ajouter("P")) for une in phrases if une]
    blocs[-1].apres = 0.0
    return [Encadre(contenu=Pile(blocs=blocs), avant=6.0, apres=6.0)]


def _rubrique(etabli: Etabli, rubrique: RubriqueDite) -> Iterator[Bloc]:
    if rubrique.qui:
        sous = etabli.texte(rubrique.qui, etabli.styles.sous_section, etabli.racine.ajouter("H3"))
        sous.avec_suivant = True
        yield sous
    tableau = etabli.racine.ajouter("Table")
    for ligne in rubrique.lignes:
        yield _ligne(etabli, tableau, ligne)


def _ligne(etabli: Etabli, tableau: Noeud, ligne: LigneDite) -> Bloc:
    serre, rangee, nom = replace(etabli.styles.corps, apres=0), tableau.ajouter("TR"), majuscule(ligne.libelle)
    dite = majuscule(sans_nir(ligne.valeur, mots()("reponse.nir_retire")))
    dit = [etabli.segment(dite or A_COMPLETER, serre, "demi" if dite else "italique", doux=not dite)]
    colonnes = [etabli.cellule(rangee, (nom, serre), role="TH"), etabli.cellule(rangee, (dit, serre))]
    return etabli.rangee(colonnes, (None, _LARGE), marge=2.7)


def _motifs(etabli: Etabli, saisine: Saisine) -> Iterator[Bloc]:
    rubrique = next(une for une in saisine.imprime.rubriques if une.motifs)
    yield _titre(etabli, _nom(rubrique.numero, rubrique.libelle))
    choisis = saisine.choisis()
    style = etabli.styles.corps
    if not choisis:
        yield etabli.texte(_SANS_MOTIF, style, etabli.racine.ajouter("P"))
        return
    if rubrique.numero:
        yield etabli.texte(_MOTIFS, etabli.styles.petit, etabli.racine.ajouter("P"))
    liste = etabli.racine.ajouter("L")
    for un in choisis:
        regle = un.regle
        cas = f"Cas {regle.cas} : " if saisine.imprime.id == "dalo" else ""
        # Un critère à faire valider se tait ; le motif, lui, est celui de la loi.
        critere = "" if regle.provenance.a_valider else f" {regle.critere}"
        dit = [
            etabli.segment(f"{cas}{regle.libelle}.", etabli.styles.puce, "demi"),
            etabli.segment(f"{critere} ({regle.provenance.fondement})", etabli.styles.puce),
        ]
        yield etabli.texte(dit, etabli.styles.puce, liste.ajouter("LI").ajouter("LBody"), puce="•")


def _pieces(etabli: Etabli, titre: str, pieces: Sequence[PieceDite]) -> Iterator[Bloc]:
    """Une case par pièce : cochée, elle a déjà été vue."""
    yield _titre(etabli, titre)
    liste, style = etabli.racine.ajouter("L"), replace(etabli.styles.corps, apres=0)
    for une in pieces:
        corps = liste.ajouter("LI").ajouter("LBody")
        dit = [etabli.segment(une.libelle, style)]
        if une.vue:
            dit.append(etabli.segment(" · déjà vue, à photocopier", style, doux=True))
        texte = etabli.texte(dit, style, corps)
        colonnes = [Pile(blocs=[CaseACocher(cochee=une.vue)]), Pile(blocs=[texte])]
        yield etabli.rangee(colonnes, (COTE, None), marge=1.5, filet=0.0)


def _ensuite(etabli: Etabli, saisine: Saisine) -> Iterator[Bloc]:
    """Ce qui suit le dépôt : l'accusé de réception, l'aide juridictionnelle avant chaque date de tribunal."""
    yield _titre(etabli, "Ensuite")
    aide = saisine.bilan.regles.imprimes.aide_juridictionnelle
    liste, style = etabli.racine.ajouter("L"), etabli.styles.puce
    dites = [saisine.imprime.depot, _APRES, _sure(aide.provenance, aide.phrase)]
    for voie, echeance in saisine.dates_du_tribunal():
        suite = "".join(f" ; {un}" for un in (dire_fin(echeance), dire_repousse(echeance)) if un)
        dites.append(f"{voie.libelle}. {echeance.libelle} : {dire_quand(echeance)}{suite}.")
    for dite in filter(None, dites):
        yield etabli.texte(dite, style, liste.ajouter("LI").ajouter("LBody"), puce="•")


def _sure(provenance: Provenance, phrase: str) -> str:
    return "" if a_valider(provenance.confiance) else phrase


def _lignes(etabli: Etabli, lignes: Sequence[str], *, a_droite: bool = False) -> Bloc:
    style = replace(etabli.styles.corps, retrait=250.0) if a_droite else etabli.styles.corps
    return etabli.texte("\n".join(lignes), style, etabli.racine.ajouter("P"), avant=10.0)


def _finir(etabli: Etabli, saisine: Saisine, titre: str, blocs: list[Bloc]) -> Papier:
    """Le PDF. D'un dossier discret, rien de ce qu'il dit de lui-même ne parle de recours."""
    dit = NEUTRE if saisine.discret else titre
    # Une lettre part telle quelle : son pied ne dit rien à qui la reçoit.
    pied = "" if saisine.discret or titre == LETTRE else _pied(saisine, titre)
    dits = mots()
    identite = Identite(
        dit, dits.langue, saisine.bilan.jour, etabli.lisible(pied), dits("page.numerotation", n="{n}", total="{total}"),
        etabli.styles.pied,
    )  # fmt: skip
    alertes = [SANS_ADRESSE] if saisine.sans_adresse else []
    return Papier(dessiner(paginer(blocs), etabli.racine, identite), etabli.manques, alertes)


def _pied(saisine: Saisine, titre: str) -> str:
    imprime, vient_de = saisine.imprime, saisine.imprime.provenance
    vu = f", vérifié le {dire_date(vient_de.verifie_le)}" if vient_de.verifie_le else ""
    exemple = f" · {mots()('page.sans_valeur')}" if saisine.bilan.regles.territoire.exemple else ""
    return f"{titre} · rubriques : formulaire {imprime.numero}, {vient_de.fondement}{vu}{exemple}"
