"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import assistant
import index
from index.regex import regex


def test_pattern_is_compiled_by_its_first_use_alone(monkeypatch):
    compiled = []
    compile_ = re.compile

    def noted(source, flags=0):
        compiled.append(source)
        return compile_(source, flags)

    monkeypatch.setattr(re, "compile", noted)
    word = regex(r"[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert word.findall("Ab 1 c") == ["Ab", "c"]
    assert word.fullmatch("abc")
    assert word.pattern == "[a-z]+"
    assert compiled == ["[a-z]+"]


def test_every_pattern_of_a_module_compiles():
    made = type(regex("a"))
    patterns = [
        value
        for package in (index, assistant)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        for value in vars(importlib.import_module(found.name)).values()
        if isinstance(value, made)
    ]
    assert len(patterns) > 200
    assert all(isinstance(one.pattern, str) for one in patterns)
