"""La feuille de style Qt, engendrée des jetons. Un widget choisit son allure par sa propriété ``genre``.

Essais : ``tests/ui/theme/test_theme.py``.
"""

from __future__ import annotations

from ui.theme import CIBLE, FAMILLE, FOCUS, RAYON, RAYON_PETIT, TAILLES, Couleurs, Theme, Ton


def feuille(theme: Theme) -> str:
    """La feuille entière de ``theme``."""
    c = theme.couleurs
    return "\n".join((_textes(theme, c), _cadres(theme, c), _boutons(theme, c), _champs(theme, c), _listes(theme, c)))


def _textes(theme: Theme, c: Couleurs) -> str:
    tailles = "\n".join(
        f'QLabel[genre="{nom}"] {{ font-size: {theme.taille(nom)}px; }}' for nom in TAILLES if nom != "texte"
    )
    tons = "\n".join(f'QLabel[ton="{ton.value}"] {{ color: {c.du_ton(ton)}; }}' for ton in Ton)
    return f"""
* {{ font-family: "{FAMILLE}"; font-size: {theme.taille("texte")}px; color: {c.encre}; }}
QMainWindow, QDialog, QWidget[genre="page"] {{ background: {c.papier}; }}
QWidget[genre="page"][ton="formation"] {{ background: {c.formation_fond}; }}
QLabel {{ background: transparent; }}
{tailles}
QLabel[genre="petit"], QLabel[genre="doux"] {{ color: {c.encre_douce}; }}
QLabel[genre="titre"], QLabel[genre="fort"], QLabel[genre="sous_titre"], QLabel[genre="note"], QLabel[genre="numero"],
QLabel[genre="gras"] {{ font-weight: 700; }}
QLabel[genre="marque"] {{ font-size: {theme.taille("fort")}px; font-weight: 700; color: {c.action}; }}
QLabel[genre="code"] {{ font-size: {theme.taille("titre")}px; font-weight: 700; background: {c.creux};
  border-radius: {RAYON_PETIT}px; padding: 12px; }}
{tons}
QToolTip {{ background: {c.surface}; color: {c.encre}; border: 1px solid {c.trait}; padding: 4px; }}
"""


def _cadres(theme: Theme, c: Couleurs) -> str:
    tons = "\n".join(
        f"""QFrame[genre="carte"][ton="{ton.value}"] {{ background: {c.fond_du_ton(ton)};
  border: 1px solid {c.du_ton(ton)}; }}"""
        for ton in Ton
        if ton is not Ton.NEUTRE
    )
    return f"""
QFrame[genre="carte"] {{ background: {c.surface}; border: 1px solid {c.trait}; border-radius: {RAYON}px; }}
QFrame[genre="carte"][accent="true"] {{ border: 2px solid {c.action}; }}
{tons}
QFrame[place="fenetre"] {{ margin: 3px 20px; }}
QFrame[genre="barre_haute"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.trait}; }}
QFrame[genre="barre_basse"] {{ background: {c.surface}; border: none; border-top: 1px solid {c.trait}; }}
QFrame[genre="volet_gauche"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.trait}; }}
QFrame[genre="volet_droit"] {{ background: {c.papier}; border: none; border-left: 1px solid {c.trait}; }}
QFrame[genre="feuille"] {{ background: {c.surface}; border: 1px solid {c.trait}; }}
QFrame[genre="separation"] {{ background: {c.trait}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget[genre="contenu"] {{ background: transparent; border: none; }}
QScrollArea[genre="apercu"] {{ border: {FOCUS}px solid transparent; border-radius: {RAYON_PETIT}px; }}
QScrollArea[genre="apercu"]:focus {{ border: {FOCUS}px solid {c.action}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.trait}; border-radius: 3px; min-height: 40px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.trait}; border-radius: 3px; min-width: 40px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.encre_douce}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.trait}; padding: 4px; }}
QMenu::item {{ padding: 8px 24px 8px 16px; min-height: {theme.px(24)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.action}; color: {c.sur_action}; }}
QMenu::separator {{ height: 1px; background: {c.trait}; margin: 4px; }}
"""


def _boutons(theme: Theme, c: Couleurs) -> str:
    return f"""
QPushButton[genre] {{ min-height: {theme.px(CIBLE) - 2 * FOCUS}px; border-radius: {RAYON_PETIT}px; font-weight: 700;
  color: {c.action}; border: {FOCUS}px solid transparent; padding: 0; }}
QPushButton[genre="principal"] {{ color: {c.sur_action}; background: {c.action}; border-color: {c.action}; }}
QPushButton[genre="principal"]:focus {{ border-color: {c.encre}; }}
QPushButton[genre="secondaire"] {{ background: {c.surface}; border: 1px solid {c.action}; padding: {FOCUS - 1}px; }}
QPushButton[genre="secondaire"]:focus {{ border: {FOCUS}px solid {c.action}; padding: 0; }}
QPushButton[genre="secondaire"]:hover, QPushButton[genre="discret"]:hover {{ background: {c.action_fond}; }}
QPushButton[genre="discret"] {{ background: transparent; }}
QPushButton[genre="discret"]:focus {{ border-color: {c.action}; }}
QPushButton[genre="recherche"] {{ color: {c.encre_douce}; background: {c.papier}; border: 1px solid {c.trait};
  padding: {FOCUS - 1}px; }}
QPushButton[genre="recherche"]:focus {{ border: {FOCUS}px solid {c.action}; padding: 0; }}
QPushButton[genre="carte"] {{ background: {c.surface}; border: 1px solid {c.trait}; border-radius: {RAYON}px;
  padding: {FOCUS - 1}px; }}
QPushButton[genre="carte"][accent="true"] {{ border: 2px solid {c.action}; padding: {FOCUS - 2}px; }}
QPushButton[genre="carte"]:hover {{ background: {c.action_fond}; }}
QPushButton[genre="carte"]:focus {{ border: {FOCUS}px solid {c.action}; padding: 0; }}
QPushButton[genre]:disabled {{ color: {c.encre_douce}; background: {c.creux}; border-color: {c.creux}; }}
QPushButton[genre="discret"]:disabled {{ background: transparent; border-color: transparent; }}
"""


def _champs(theme: Theme, c: Couleurs) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QComboBox {{ background: {c.surface}; border: 1px solid {c.encre_douce};
  border-radius: {RAYON_PETIT}px;
  padding: 2px {8 + FOCUS - 1}px; min-height: {theme.px(CIBLE) - 2 * FOCUS - 4}px;
  selection-background-color: {c.action};
  selection-color: {c.sur_action}; placeholder-text-color: {c.encre_douce}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: {FOCUS}px solid {c.action};
  padding: 0 8px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {c.creux}; color: {c.encre_douce}; }}
QLineEdit[en_faute="true"] {{ border-color: {c.immediat}; }}
QLineEdit[genre="recherche"] {{ font-size: {theme.taille("fort")}px; border: 2px solid {c.action};
  border-radius: {RAYON}px; min-height: {theme.px(54) - 2 * FOCUS}px; padding: 1px {theme.px(44)}px; }}
QLineEdit[genre="recherche"]:focus {{ border: {FOCUS}px solid {c.action}; padding: 0 {theme.px(44) - 1}px; }}
QComboBox::drop-down {{ border: none; width: {theme.px(28)}px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.trait};
  selection-background-color: {c.action}; selection-color: {c.sur_action}; }}
"""


def _listes(theme: Theme, c: Couleurs) -> str:
    return f"""
QListWidget {{ background: transparent; border: {FOCUS}px solid transparent; border-radius: {RAYON_PETIT}px;
  outline: none; }}
QListWidget:focus {{ border-color: {c.action}; }}
QTableView, QTableWidget {{ background: {c.surface}; border: 1px solid {c.trait}; gridline-color: {c.trait};
  alternate-background-color: {c.creux}; selection-background-color: {c.action_fond};
  selection-color: {c.encre}; }}
QHeaderView::section {{ background: {c.surface}; color: {c.encre_douce}; font-size: {theme.taille("petit")}px;
  font-weight: 700; border: none; border-bottom: 1px solid {c.trait}; padding: 8px; }}
"""
