"""Brackets and commas in expressions."""


def split_top(text):
    """By the commas outside of brackets."""
    parts, depth, at = [], 0, 0
    for index, char in enumerate(text):
        if char in "<({[":
            depth += 1
        elif char in ">)}]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[at:index])
            at = index + 1
    return [p.strip() for p in parts + [text[at:]] if p.strip()]


def balanced(text, at, opening, closing):
    depth = 0
    for index in range(at, len(text)):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return text[at + 1:index]
    return ""
