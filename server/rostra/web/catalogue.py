"""Translations: gettext catalogues, read once at start, also served to the pages.

The English text is the key; what is missing is shown in English.
"""

from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from rostra.record.language import Language, Vocabulary
from rostra.web.immutable import Prepared, prepare

Translate = Callable[[str], str]
Forms = str | list[str]

#: For languages written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class Catalogue:
    """The translations of one language."""

    def __init__(self, lang: str, catalogue: Catalog | None) -> None:
        self.lang = lang
        self.direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"
        self.vocabulary = Vocabulary()
        if catalogue is not None:
            self.vocabulary = Vocabulary(catalogue.plural_forms, _messages(catalogue))
        #: What a page is told of it.
        self.body = {
            "plural": self.vocabulary.plural,
            "messages": self.vocabulary.messages,
        }
        self.prepared = prepare(self.body)

    @property
    def hash(self) -> str:
        """Changes with the translations."""
        return self.prepared.hash

    @property
    def url(self) -> str | None:
        """Where pages get it; None if there is nothing to get."""
        return (
            f"/locales/{self.lang}.{self.hash}.json"
            if self.vocabulary.messages
            else None
        )

    def translate(self, text: str) -> str:
        """*text* in this language, or as it is."""
        return self.vocabulary.translate(text)

    def translate_n(self, one: str, many: str, count: int) -> str:
        """The form of a text for *count*, or the English one."""
        return self.vocabulary.translate_n(one, many, count)

    @property
    def language(self) -> Language:
        """This language, for documents."""
        return Language(self.lang, self.translate, self.translate_n)


def _messages(catalogue: Catalog) -> dict[str, Forms]:
    """Everything that is translated, by its English text; fuzzy ones are not."""
    found: dict[str, Forms] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, tuple | list):
            forms = [str(each) for each in message.string or ()]
            if forms and all(forms):
                found[str(message.id[0])] = forms
        elif message.string:
            found[str(message.id)] = str(message.string)
    return found


class Catalogues:
    """The catalogues of all languages, by their code."""

    def __init__(self, folder: Path, languages: tuple[str, ...]) -> None:
        self._folder = folder
        self._all = {lang: Catalogue(lang, _read(folder, lang)) for lang in languages}
        self._all.setdefault("en", Catalogue("en", None))
        self._documents: dict[str, Catalogue] = {}

    def catalogue(self, lang: str) -> Catalogue:
        """The catalogue of *lang*, or the English one."""
        return self._all.get(lang) or self._all["en"]

    def translator(self, lang: str) -> Translate:
        """The function that turns an English text into *lang*."""
        return self.catalogue(lang).translate

    def language(self, lang: str) -> Language:
        """*lang* for documents: some are written in that have no screens."""
        return self._written(lang).language

    def vocabulary(self, lang: str) -> Vocabulary:
        """The texts of *lang* for documents; may read a file."""
        return self._written(lang).vocabulary

    def _written(self, lang: str) -> Catalogue:
        own = self._all.get(lang) or self._documents.get(lang)
        if own is None or (own.url is None and lang != "en"):
            own = Catalogue(lang, _read(self._folder / "documents", lang))
            self._documents[lang] = own
        return own

    def served(self, lang: str, hash: str) -> Prepared | None:
        """The JSON of *lang* if it is the one with *hash*."""
        found = self._all.get(lang)
        return found.prepared if found is not None and found.hash == hash else None


def _read(folder: Path, lang: str) -> Catalog | None:
    path = folder / f"{lang}.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=lang)
