"""The fields of a credential out of a paste, or the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.characters import plain
from bot.domain.pasting.captions import Captioned, split_captions
from bot.domain.pasting.download import unfolded
from bot.domain.pasting.pem import continues_pem, cut_pems
from bot.domain.pasting.problems import CannotRead, PasteProblem, is_link, misfit, refuse_other_things, without_pem
from bot.domain.pasting.shape import CredentialShape, Field
from bot.domain.pasting.words import failed_value, first_value, passphrase, trailing_passphrase, words

_MEANT = 16
"""A stranger beside a good value that is shorter than this is chatter ("thanks"), not a field that failed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a paste, together with what was known before it. Its ``repr`` shows no value.

    Attributes:
        found: the fields known now; a problem never takes away one that was known before. With ``Field.BEGUN`` among
            them, a secret is still to be completed.
        problem: what is wrong with the paste, if anything.
        about: the field that the problem concerns, where it concerns one.
        expected_length: for ``too_short`` and ``too_long``, in characters.
        got_length: the same, of what was pasted.
    """

    found: Mapping[Field, str] = field(repr=False)
    problem: PasteProblem | None = None
    about: Field | None = None
    expected_length: int | None = None
    got_length: int | None = None


def read_paste(text: str, shape: CredentialShape, expecting: Field, have: Mapping[Field, str]) -> Reading:
    """Read a paste.

    Where key and secret look alike and no label tells them apart, the first is the key.

    Args:
        text: the message as it came.
        shape: how the exchange's credential looks.
        expecting: the field that was asked for; others may come with it.
        have: the fields known before.
    """
    paste = _Paste(plain(text).strip(), shape, expecting, dict(have))
    try:
        paste.read()
    except CannotRead as reason:
        return Reading(paste.found(), reason.problem, reason.about, reason.expected_length, reason.got_length)
    return Reading(paste.found())


class _Paste:
    """One paste while it is read: what was captioned comes first, what is loose fills the fields that are left."""

    def __init__(self, seen: str, shape: CredentialShape, expecting: Field, have: dict[Field, str]) -> None:
        self._seen = seen
        self._shape = shape
        self._expecting = expecting
        self._begun = have.pop(Field.BEGUN, "")
        """Of a PEM: what the message before this one held of it."""
        self._had_pem = False
        self._have = have
        self._new: dict[Field, str] = {}
        self._failed: list[tuple[Field, str]] = []
        """Values that were meant for a field and do not fit it."""
        self._loose: list[str] = []
        """Words that no caption claims."""

    def known(self) -> Mapping[Field, str]:
        return self._have | self._new

    def found(self) -> Mapping[Field, str]:
        return {**self.known(), **({Field.BEGUN: self._begun} if self._begun else {})}

    def read(self) -> None:
        refuse_other_things(self._seen, self._shape, self._expecting)
        self._seen = unfolded(self._seen, self._shape)
        pem_problem = self._take_pem() if self._shape.secret.pem else self._refuse_pem()
        pieces = split_captions(self._seen)
        if self._expecting is Field.PASSPHRASE and len(pieces) == 1 and self._is_all_passphrase():
            self._take_whole_passphrase()
        for piece in pieces:
            self._take_captioned(piece)
        self._take_loose()
        self._refuse_equals()
        if pem_problem is not None:
            raise CannotRead(pem_problem, Field.SECRET)
        for about, value in self._failed:
            raise misfit(value, self._shape, about)
        if not self._new:
            raise self._nothing_found(captioned=len(pieces) > 1)

    # --------------------------------------------------------------------------------------------------------- a PEM

    def _refuse_pem(self) -> PasteProblem | None:
        seen = without_pem(self._seen)
        has_pem, self._seen = seen != self._seen, seen
        return PasteProblem.PEM_WHERE_HMAC_EXPECTED if has_pem else None

    def _take_pem(self) -> PasteProblem | None:
        """Takes private keys out of the paste; whatever is wrong with one is told last, so that the rest is kept."""
        if self._begun and self._is_continuation():
            self._seen = f"{self._begun}\n{self._seen}"
        pems, self._seen = cut_pems(self._seen)
        self._had_pem = bool(pems)
        secret = self._shape.secret
        for pem in pems:
            if pem.kind in secret.pem:
                self._begun = ""
                self._put(Field.SECRET, pem.text)
        if not pems or Field.SECRET in self._new:
            return None
        last = pems[-1]
        self._begun = last.text if last.goes_on else ""
        if last.goes_on:
            return PasteProblem.PEM_GOES_ON
        return PasteProblem.PEM_NOT_WHOLE if last.kind is None else PasteProblem.PEM_OF_ANOTHER_KIND

    def _is_continuation(self) -> bool:
        fields = (self._shape.api_key, self._shape.secret)
        return continues_pem(self._seen) and not any(each.fits(self._seen) for each in fields)

    # ------------------------------------------------------------------------------------------------ with a caption

    def _take_captioned(self, piece: Captioned) -> None:
        if piece.of is Field.PASSPHRASE and self._shape.passphrase is not None:
            first, *rest = piece.text.strip().split(maxsplit=1) or [""]
            self._loose += words(rest[0], self._shape) if rest else []
            value = trailing_passphrase(first)
            if value:
                self._put(Field.PASSPHRASE, value)
            return
        candidates = words(piece.text, self._shape)
        if piece.of is None or piece.of is Field.PASSPHRASE or not candidates:
            self._loose += candidates
            return
        of = self._shape.of(piece.of)
        whole = first_value(of, candidates)
        if whole is None and piece.of is Field.SECRET and self._had_pem:
            self._loose += candidates  # the caption's own value is taken out already
            return
        if whole is None:
            self._failed.append((piece.of, failed_value(of, candidates)))
            return
        value, count = whole
        self._put(piece.of, value)
        self._loose += candidates[count:]

    def _put(self, of: Field, value: str) -> None:
        value = self._shape.of(of).kept(value)
        if self._new.setdefault(of, value) != value:
            del self._new[of]
            raise CannotRead(PasteProblem.SEVERAL_CANDIDATES, of)

    # --------------------------------------------------------------------------------------------- without a caption

    def _wanted(self) -> list[Field]:
        """The fields still to fill, from the one that was asked for on."""
        fields = self._shape.fields
        at = fields.index(self._expecting)
        return [
            each
            for each in fields[at:] + fields[:at]
            if each not in self._new and (each is self._expecting or each not in self._have)
        ]

    def _take_loose(self) -> None:
        values, strangers = self._values_among_loose()
        wanted = self._wanted()
        if len(values) > 1 and self._expecting is not Field.API_KEY:
            # The key was pasted again together with the secret that was asked for.
            values = [value for value in values if value not in self._have.values()]
        taken: dict[Field, str] = {}
        for value in values:
            free = [each for each in wanted if each is not Field.PASSPHRASE and each not in taken]
            fitting = [each for each in free if self._shape.of(each).fits(value)]
            if fitting:
                taken[fitting[0]] = value
            elif value not in self.known().values():
                self._refuse_surplus(value, taken)
        if taken and self._expecting in wanted and self._expecting not in taken and not self._new:
            raise misfit(next(iter(taken.values())), self._shape, self._expecting)
        self._new |= taken
        self._take_strangers(strangers)

    def _refuse_surplus(self, value: str, taken: Mapping[Field, str]) -> None:
        """A value that fits a field, and no field is left for it."""
        if not taken and not self._new and self._expecting is not Field.PASSPHRASE:
            raise misfit(value, self._shape, self._expecting)
        raise CannotRead(PasteProblem.SEVERAL_CANDIDATES, self._expecting)

    def _values_among_loose(self) -> tuple[list[str], list[str]]:
        """The loose words that are values of key or secret, lines joined, and the words that are none."""
        values: list[str] = []
        strangers: list[str] = []
        at = 0
        while at < len(self._loose):
            for each in (Field.API_KEY, Field.SECRET):
                of = self._shape.of(each)
                whole = first_value(of, self._loose[at:])
                if whole is not None:
                    values.append(of.kept(whole[0]))
                    at += whole[1]
                    break
            else:
                strangers.append(self._loose[at])
                at += 1
        return values, strangers

    def _take_strangers(self, strangers: list[str]) -> None:
        """Words that are no key and no secret: the passphrase, a value that went wrong, or chatter."""
        wanted = self._wanted()
        if not wanted or not strangers:
            return
        if wanted == [Field.PASSPHRASE] and self._new:
            if len(strangers) == 1 and self._loose[-1] == strangers[0]:
                self._put(Field.PASSPHRASE, passphrase(strangers[0]))
            return
        if self._new:
            meant = [word for word in strangers if len(word) >= _MEANT and not is_link(word)]
            if meant and wanted[0] is not Field.PASSPHRASE:
                self._failed.append((wanted[0], failed_value(self._shape.of(wanted[0]), meant)))

    # ---------------------------------------------------------------------------------------------------- passphrase

    def _is_all_passphrase(self) -> bool:
        return not any(
            self._shape.of(each).fits(word)
            for each in (Field.API_KEY, Field.SECRET)
            for word in words(self._seen, self._shape)
        )

    def _take_whole_passphrase(self) -> None:
        value = passphrase(self._seen)
        if not self._shape.of(Field.PASSPHRASE).fits(value):
            raise misfit(value, self._shape, Field.PASSPHRASE)
        self._put(Field.PASSPHRASE, value)

    # ------------------------------------------------------------------------------------------------------ problems

    def _refuse_equals(self) -> None:
        """The same value twice is one value pasted into two fields; the earlier field keeps it."""
        seen: set[str] = set()
        known = self.known()
        for each in sorted(known, key=lambda each: (each not in self._have, self._shape.fields.index(each))):
            if known[each] in seen:
                self._new.pop(each, None)
                raise CannotRead(PasteProblem.KEY_EQUALS_SECRET, each)
            seen.add(known[each])

    def _nothing_found(self, *, captioned: bool) -> CannotRead:
        about = self._expecting
        repeated = set(self._loose) & set(self._have.values())
        if repeated:
            return CannotRead(PasteProblem.KEY_EQUALS_SECRET, about)
        if not self._loose:
            return CannotRead(PasteProblem.LOOKS_LIKE_LABEL_ONLY if captioned else PasteProblem.EMPTY, about)
        links = [word for word in self._loose if is_link(word)]
        if links:
            return misfit(links[0], self._shape, about)
        longest = max(self._loose, key=len)
        meant = failed_value(self._shape.of(about), self._loose)
        if len(self._loose) > 1 and len(longest) < _MEANT and len(meant) < _MEANT:
            return CannotRead(PasteProblem.WRONG_CHARACTERS, about)  # a sentence
        return misfit(max(longest, meant, key=len), self._shape, about)
