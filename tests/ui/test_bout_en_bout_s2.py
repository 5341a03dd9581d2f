"""S2, « Je suis partie avec mes deux enfants, il ne doit pas savoir » : rien ne peut la trahir, nulle part."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from outils_ecran import MOT_DE_PASSE, au_repos
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import lire
from modele.dossier.codes import reference_courte
from modele.dossier.documents import encoder, identifiant
from ui.cadre.couverture import Voile
from ui.cadre.gestes import palette as palette_de
from ui.composants.liste import Liste
from ui.ecrans.accueil.ecran import SEUL_A_SEUL as ACCUEIL_SEUL_A_SEUL
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.cotation.ecran import EcranCotation
from ui.lancement import Poste
from ui.theatre.joueur import Introuvable, Joueur

MARI, NOM, ADRESSE, TELEPHONE = "LEFORT", "Zerrouki", "7 impasse des Lilas", "0612345678"
DONNEES = ("zerrouki", "lilas", "0612345678", "12345678", "06 12 34 56 78", "noham", "ilyana")
MOTS = ("violence", "peur", "plainte", "ordonnance de protection", "viol ", "victime", "3919", "39 19", "agress")


def couple() -> dict[str, Any]:
    """Le dossier du couple : lui demande, elle est codemandeur, leurs deux enfants."""
    enfants = {
        identifiant(): {"prenoms": prenom, "nom": MARI, "date_naissance": ne, "lien": "enfant", "a_charge": True}
        for prenom, ne in (("Noham", "2016-04-02"), ("Ilyana", "2019-11-20"))
    }
    return {
        "id": identifiant(),
        "territoire": "metropole-exemple",
        "demande": {"deja_enregistree": True, "date_reception": "2025-06-01", "numero_unique": "EXEMPLE42"},
        "demandeur": {"civilite": "monsieur", "nom": MARI, "prenoms": "Marius", "date_naissance": "1985-02-03"},
        "codemandeur": {"civilite": "madame", "nom": MARI, "prenoms": "Salima", "date_naissance": "1990-07-08"},
        "contact": {"telephone": "+33639980101"},
        "foyer": {
            "avec_codemandeur": True,
            "personnes": {"elements": enfants, "ordre": list(enfants), "clos": True},
        },
        "logement_actuel": {"statut": "locataire_prive", "depuis": "2019-06-01"},
    }


class Trace:
    """Tout ce que le coffre garde d'un dossier, mis à plat."""

    def __init__(self, joueur: Joueur, dossier: str) -> None:
        self._rendu: list[Any] = []
        joueur.session.avec_coffre(
            lambda coffre: (
                coffre.lire(dossier), coffre.operations(dossier), coffre.brouillons(dossier), coffre.acces(dossier),
            ),
            self._rendu.append,
            pour=joueur.fenetre,
        )  # fmt: skip
        joueur.attendre()
        self.document, self.operations, self.brouillons, self.acces = self._rendu[0]


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent ; le dossier du mari est sur ce poste, fermé."""
    joueur = Joueur(poste_ouvert)
    joueur.session.creer_dossier(couple(), lambda _: None)
    joueur.attendre()
    return joueur


def raconter(joueur: Joueur) -> str:
    """Elle parle, seule à seule : sa propre demande, son adresse sûre, ses enfants. Rend l'identifiant du dossier."""
    joueur.aller("triage")
    for reponse in ("Non", "Non", "Oui, mais pour quelques nuits seulement", "Oui", "Non, aucun", "Non", "Oui", "Oui"):
        joueur.presser(reponse)
    # De qui : dit, et oublié à « Poursuivre ».
    joueur.presser("Mon conjoint, la personne avec qui je vis")
    joueur.presser("Voir le résultat")
    joueur.presser("Poursuivre : ouvrir le dossier")
    joueur.taper("demandeur.nom", NOM)
    joueur.taper("demandeur.prenoms", "Salima")
    joueur.taper("demandeur.date_naissance", "08/07/1990")
    joueur.taper("contact.telephone", TELEPHONE)
    assert lire(joueur.session.document, "contact.telephone") == TELEPHONE
    joueur.session.modifier({"contact.adresse_courrier": {"voie": ADRESSE, "commune": "99X01"}})
    joueur.repondre("demande.motifs", "Violences")
    joueur.attendre()
    return joueur.session.dossier_id


def fenetres(joueur: Joueur) -> list[str]:
    """Les titres de toutes les fenêtres et dialogues ouverts."""
    return [w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()]


def listes(racine: QWidget) -> Iterator[str]:
    """Ce que disent les listes visibles : chaque ligne, à l'écran et pour le lecteur d'écran."""
    for liste in (une for une in racine.findChildren(Liste) if une.isVisible()):
        for rang in range(liste.count()):
            yield liste.dit(rang)


def tout_lire(joueur: Joueur) -> str:
    """Tout ce qui se lit à l'écran et dans ses listes, en minuscules."""
    return "\n".join([*joueur.mots(), *listes(joueur.fenetre), *fenetres(joueur)]).lower()


def clair(pdf: Path) -> str:
    """Un PDF mis à nu : texte, métadonnées, signets, octets bruts et décompressés, en minuscules."""
    octets = pdf.read_bytes()
    document = pdfium.PdfDocument(io.BytesIO(octets))
    lus = [page.get_textpage().get_text_range() for page in document]
    lus += [*document.get_metadata_dict().values(), *(signet.get_title() for signet in document.get_toc())]
    document.close()
    morceaux = [octets]
    for flux in re.findall(rb"stream\r?\n(.*?)endstream", octets, re.DOTALL):
        try:
            morceaux.append(zlib.decompress(flux))
        except zlib.error:
            morceaux.append(flux)
    lus += [m.decode("latin-1") for m in morceaux] + [m.replace(b"\x00", b"").decode("latin-1") for m in morceaux]
    return "\n".join(lus).lower()


def absents(lu: str, mots: tuple[str, ...]) -> None:
    """Échoue en nommant chaque mot qui trahit, et la ligne où il est (« sapeur » n'est pas « peur »)."""
    trahis = [
        (mot, ligne[:200]) for mot in mots for ligne in lu.splitlines() if re.search(rf"(?<!\w){re.escape(mot)}", ligne)
    ]
    assert not trahis, trahis


def test_le_dossier_devient_discret_et_le_reste(joueur: Joueur) -> None:
    dossier = raconter(joueur)
    assert joueur.bilan.discret
    assert lire(joueur.session.document, "protection.discret") is True
    assert any(voie.discret for voie in joueur.bilan.voies_retenues)
    joueur.aller("entretien", dossier=dossier)
    joueur.repondre("triage.peur_au_domicile", "Non")
    assert joueur.bilan.discret


def test_rien_ne_la_trahit_a_l_ecran(joueur: Joueur) -> None:
    """Accueil, recherche, palette, note, orientation, impression : ni elle, ni la raison."""
    raconter(joueur)
    for ecran in ("cotation", "orientation", "imprimer"):
        joueur.aller(ecran)
        absents(tout_lire(joueur), (*DONNEES, *MOTS))
    joueur.aller("accueil")
    absents(tout_lire(joueur), (*DONNEES, *MOTS))
    for saisie in (NOM, "Salima", TELEPHONE, "Lefort"):
        joueur.ecran.chercher(saisie)  # type: ignore[attr-defined]
        joueur.attendre()
        absents("\n".join(listes(joueur.fenetre)).lower(), ("lilas", "12345678", "zerrouki", *MOTS))
    palette = palette_de(joueur.fenetre)
    palette.open()
    for saisie in (NOM, "Salima", "peur"):
        palette.chercher(saisie)
        joueur.attendre()
        absents("\n".join(listes(palette)).lower(), ("zerrouki", "lilas", *MOTS))
    assert set(fenetres(joueur)) == {"Perron"}
    palette.close()


def test_les_gestes_ne_se_montrent_que_d_un_geste_et_se_cachent_en_partant(joueur: Joueur) -> None:
    raconter(joueur)
    joueur.aller("orientation")
    joueur.presser("Montrer les gestes")
    assert "3919" in tout_lire(joueur)
    joueur.aller("cotation")
    joueur.aller("orientation")
    absents(tout_lire(joueur), MOTS)


def test_le_dossier_du_mari_ne_change_pas(joueur: Joueur) -> None:
    mari = joueur.session.dossier_id
    avant = Trace(joueur, mari)
    elle = raconter(joueur)
    joueur.aller("orientation")
    joueur.aller("imprimer")
    joueur.aller("accueil")
    apres = Trace(joueur, mari)
    assert elle != mari
    assert encoder(apres.document) == encoder(avant.document)
    assert apres.operations == avant.operations
    assert apres.brouillons == avant.brouillons == []
    assert apres.acces == avant.acces
    absents(encoder(apres.document).decode().lower(), ("zerrouki", "lilas", elle, *MOTS))
    sienne = Trace(joueur, elle)
    assert mari not in encoder(sienne.document).decode()
    assert mari not in repr(sienne.operations)


def test_depuis_le_dossier_du_couple_rien_ne_s_y_ecrit(joueur: Joueur) -> None:
    """La question posée dans le dossier commun ouvre un dossier distinct ; le commun ne garde ni réponse, ni lien."""
    mari = joueur.session.dossier_id
    joueur.aller("entretien", dossier=mari)
    joueur.repondre("protection.seul_a_seul", "Oui")
    avant = Trace(joueur, mari)
    joueur.repondre("triage.peur_au_domicile", "Oui")
    joueur.presser("Le codemandeur")
    joueur.presser("Son identité")
    joueur.presser("Ouvrir le dossier distinct")
    elle = joueur.session.dossier_id
    assert elle != mari
    assert lire(joueur.session.document, "protection.discret") is True
    assert lire(joueur.session.document, "demandeur.prenoms") == "Salima"
    apres = Trace(joueur, mari)
    assert encoder(apres.document) == encoder(avant.document)
    assert apres.operations == avant.operations
    assert apres.brouillons == []
    absents(encoder(apres.document).decode().lower(), (elle, *MOTS))
    assert mari not in encoder(Trace(joueur, elle).document).decode()


def test_rien_ne_s_imprime_sans_qu_elle_le_veuille(joueur: Joueur, tmp_path: Path) -> None:
    raconter(joueur)
    joueur.aller("imprimer")
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []
    with pytest.raises(Introuvable):
        joueur.presser("Votre note expliquée")


def test_la_fiche_qu_elle_emporte_ne_dit_rien(joueur: Joueur, tmp_path: Path) -> None:
    raconter(joueur)
    joueur.repondre("protection.fiche_souhaitee", "Oui")
    joueur.aller("imprimer")
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf")) == [], "un dossier discret ne laisse pas de fichier"
    (feuille,) = joueur.ecran.liasse.feuilles  # type: ignore[attr-defined]
    assert feuille.nom == "renseignements-utiles.pdf"
    papier = tmp_path / feuille.nom
    papier.write_bytes(feuille.pdf)
    muets = tuple(mot for mot in MOTS if mot not in ("3919", "39 19"))  # un numéro parmi d'autres, sans un mot
    absents(clair(papier), (*DONNEES, *muets, "discret", "lefort", "metropole", "perron-"))
    joueur.aller("accueil")
    absents("\n".join(joueur.mots()).lower(), DONNEES)


def test_rien_en_clair_sur_le_disque(joueur: Joueur, donnees: Path, qtbot: QtBot) -> None:
    """Coffre, journal d'accès, préférences, rapports : aucun octet ne la nomme ni ne dit pourquoi."""
    elle = raconter(joueur)
    trace = Trace(joueur, elle)
    absents(json.dumps([(a.agent, a.geste.dit) for a in trace.acces], ensure_ascii=False).lower(), (*DONNEES, *MOTS))
    joueur.session.regler(joueur.session.preferences)
    joueur.attendre()
    fichiers = [chemin for chemin in donnees.rglob("*") if chemin.is_file()]
    assert fichiers
    for chemin in fichiers:
        contenu = chemin.read_bytes().decode("latin-1").lower()
        absents(f"{chemin.name.lower()}\n{contenu}", (NOM.lower(), "lilas", TELEPHONE, elle, "violence", "plainte"))


def test_ses_enfants_entrent_seuls(joueur: Joueur) -> None:
    """Un enfant mineur s'ajoute à son dossier ; le dossier reste discret."""
    raconter(joueur)
    joueur.aller_a("foyer.personnes")
    joueur.ecrire("02/04/2016")
    enfant = joueur.dernier("foyer.personnes")
    assert lire(joueur.session.document, f"foyer.personnes.elements.{enfant}.date_naissance") == "2016-04-02"
    assert joueur.bilan.discret


def test_au_guichet_le_mari_ne_la_trouve_pas(joueur: Joueur) -> None:
    """Il sait son nom et sa naissance : la recherche ne montre que le dossier commun ; seul à seul, elle la montre."""
    elle = raconter(joueur)
    joueur.aller("accueil")
    accueil = joueur.ecran
    assert isinstance(accueil, EcranAccueil)
    saisies = (f"{NOM} Salima 08/07/1990", "Lefort Salima 08/07/1990", "Noham", TELEPHONE, "Lefort Marius 03/02/1985")
    for saisie in saisies:
        accueil.recherche.setText(saisie)
        accueil.chercher(saisie)
        joueur.attendre()
        lu = "\n".join([*joueur.mots(), *listes(joueur.fenetre)]).lower()
        absents(lu.replace(saisie.lower(), ""), ("discret", "zerrouki", "12345678", *MOTS))
        assert accueil.seul_a_seul.isVisible()
    accueil.recherche.setText(saisies[0])
    joueur.presser(ACCUEIL_SEUL_A_SEUL)
    # Sans motif, l'écran répond la même chose qu'elle existe ou non.
    joueur.presser("Chercher")
    assert reference_courte(elle) not in "\n".join([*joueur.mots(), *listes(joueur.fenetre)])
    joueur.ecrire("reçue seule")
    joueur.presser("Chercher")
    # Sa ligne est celle de tout autre : une référence, que seul l'agent sait reconnaître.
    assert reference_courte(elle) in "\n".join(listes(joueur.fenetre))
    joueur.session.ferme.emit()
    joueur.attendre()
    assert reference_courte(elle) not in "\n".join(listes(joueur.fenetre))
    assert elle not in "\n".join(listes(joueur.fenetre))


def test_aucune_frappe_validee_ne_reste_au_brouillon(joueur: Joueur) -> None:
    """Une réponse écrite n'est plus une saisie interrompue."""
    assert Trace(joueur, raconter(joueur)).brouillons == []


def test_une_saisie_interrompue_ne_dit_pas_qu_elle_est_discrete(joueur: Joueur) -> None:
    elle = raconter(joueur)
    joueur.session.brouillon("demandeur.nom_usage", "Zerr")
    joueur.attendre()
    joueur.aller("accueil")
    absents(tout_lire(joueur), ("discret", "zerr", elle, *MOTS))
    assert any("Saisie interrompue" in mot for mot in joueur.mots())


def test_le_triage_tait_ses_gestes_jusqu_a_un_geste(joueur: Joueur) -> None:
    """Ni numéro, ni geste, ni la question posée ; F12 cache de nouveau ce qu'on avait montré."""
    joueur.aller("triage")
    for reponse in ("Non", "Non", "Oui, mais pour quelques nuits seulement", "Oui", "Non, aucun", "Non", "Oui", "Oui"):
        joueur.presser(reponse)
    joueur.presser("Voir le résultat")
    absents(tout_lire(joueur), MOTS)
    joueur.presser("Montrer les gestes")
    assert "3919" in tout_lire(joueur)
    joueur.session.ferme.emit()
    QApplication.processEvents()
    absents(tout_lire(joueur), MOTS)
    joueur.session.rouvert.emit()
    joueur.attendre()
    absents(tout_lire(joueur), MOTS)
    joueur.presser("Montrer les gestes")
    joueur.aller("accueil")
    joueur.aller("triage")
    absents(tout_lire(joueur), MOTS)


def test_rouvert_devant_quelqu_un_son_dossier_ne_montre_rien(joueur: Joueur) -> None:
    """Une autre visite, un proche à côté : ni motif, ni question protégée, ni papier, ni numéro de la demande."""
    elle = raconter(joueur)
    preuve = {"coches": ["ordonnance_protection"], "clos": True}
    joueur.session.modifier({"demande.numero_unique": "EXEMPLE77", "protection.preuves": preuve})
    joueur.attendre()
    joueur.aller("accueil")
    joueur.aller("entretien", dossier=elle)
    for chemin in ("demande.motifs", "pieces", "foyer.personnes", "demande.motif_principal", "protection.preuves"):
        joueur.aller_a(chemin)
        absents(tout_lire(joueur), (*MOTS, "exemple77", "menace", "prostitution"))
    assert lire(joueur.session.document, "demande.motifs")["coches"] == ["violences"]


def test_f12_et_verrou_couvrent_chaque_ecran(joueur: Joueur, qtbot: QtBot) -> None:
    """À chaque écran, en aperçu, palette ouverte : rien d'elle ne dépasse de la page."""
    raconter(joueur)
    joueur.repondre("protection.fiche_souhaitee", "Oui")
    couverture = joueur.poste.couverture
    for ecran in ("entretien", "cotation", "orientation", "imprimer", "accueil", "triage"):
        joueur.aller(ecran)
        palette = palette_de(joueur.fenetre)
        palette.open()
        for couvrir in (couverture.cacher, couverture.verrouiller):
            couvrir()
            QApplication.processEvents()
            assert couverture.couverte
            assert set(fenetres(joueur)) <= {"Calendrier", "Perron"}
            assert couverture.page is not None
            absents("\n".join(joueur.mots(couverture.page)).lower(), (*DONNEES, *MOTS, "discret"))
            image = joueur.fenetre.grab().toImage()
            unies = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
            assert len(unies) == 1, (ecran, len(unies))
            couverture.page.reprise_demandee.emit(MOT_DE_PASSE, joueur.session.agent)
            qtbot.waitUntil(lambda: not couverture.couverte)
            au_repos(qtbot, joueur.poste)


def test_la_preuve_d_une_ligne_protegee_ne_s_ecrit_pas_dans_le_commun(joueur: Joueur) -> None:
    """Le tableau de la note n'est pas une porte dérobée."""
    mari = joueur.session.dossier_id
    joueur.session.modifier({"protection.seul_a_seul": True})
    joueur.attendre()
    avant = Trace(joueur, mari)
    joueur.aller("cotation")
    cotation = joueur.ecran
    assert isinstance(cotation, EcranCotation)
    (protege,) = joueur.bilan.regles.criteres_proteges
    assert not [une for une in cotation.tableau.lignes() if une.id == protege]
    cotation.a_part.bouton.click()
    cotation.a_part.tableau._basculer()
    ligne = next(une for une in cotation.a_part.tableau.lignes() if une.id == protege)
    cotation.prouver(ligne)
    joueur.attendre()
    apres = Trace(joueur, mari)
    assert encoder(apres.document) == encoder(avant.document)
    assert apres.operations == avant.operations


def test_f12_cache_de_nouveau_les_gestes_de_l_orientation(joueur: Joueur) -> None:
    raconter(joueur)
    joueur.aller("orientation")
    joueur.presser("Montrer les gestes")
    assert "3919" in tout_lire(joueur)
    joueur.session.ferme.emit()
    QApplication.processEvents()
    absents(tout_lire(joueur), MOTS)


def test_f12_couvre_le_choix_d_un_dossier_ou_enregistrer(joueur: Joueur) -> None:
    """Le dialogue est de Perron, pas du système : la page neutre le couvre comme le reste."""
    joueur.session.nouveau_dossier(lambda _: None)
    joueur.attendre()
    joueur.aller("imprimer")
    vus: list[tuple[bool, bool]] = []

    def couvrir() -> None:
        dialogue = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog))
        QTest.keyClick(dialogue, Qt.Key.Key_F12)
        voile = any(w.isVisible() for w in dialogue.findChildren(Voile))
        vus.append((dialogue.testOption(QFileDialog.Option.DontUseNativeDialog), voile))
        joueur.poste.couverture._decouvrir()
        dialogue.reject()

    QTimer.singleShot(100, couvrir)
    joueur.ecran._demander_dossier()  # type: ignore[attr-defined]
    assert vus == [(True, True)]
