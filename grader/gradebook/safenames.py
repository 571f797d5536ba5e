"""Keeps names from becoming part of formgrader's page, which prints them as they come."""

from html import escape
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

NAMES = ("first_name", "last_name", "student", "notebook_path")


class EscapeNames(Preprocessor):
    """Escapes what formgrader shows of a learner above a submission: the name, the id and the path."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Leave the notebook as it is."""
        resources.update({name: escape(resources[name]) for name in NAMES if isinstance(resources.get(name), str)})
        return nb, resources
